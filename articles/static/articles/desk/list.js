// The list of articles: names are suggested while a filter is typed. Without this script the filter is typed whole.

document.querySelectorAll("[data-desk-suggests]").forEach((input) => {
  const options = document.createElement("datalist")
  options.id = `${input.id}_options`
  input.after(options)
  input.setAttribute("list", options.id)
  let asked = 0
  input.addEventListener("input", async () => {
    const mine = ++asked
    const answer = await fetch(`embed/${input.dataset.deskSuggests}/?q=${encodeURIComponent(input.value)}`).catch(() => null)
    if (!answer?.ok || mine !== asked) return
    const { results } = await answer.json()
    options.replaceChildren(...results.map((value) => Object.assign(document.createElement("option"), { value })))
  })
})
