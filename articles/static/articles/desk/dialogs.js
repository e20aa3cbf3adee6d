// Small pieces that the desk's scripts share: elements, dialogs, and asking the server.

export const el = (tag, attributes = {}, children = []) => {
  const dom = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) dom.addEventListener(name.slice(2), value)
    else if (name in dom && !name.startsWith("aria")) dom[name] = value
    else dom.setAttribute(name, value)
  }
  dom.append(...children)
  return dom
}

let count = 0
/** A labelled control: `<p><label>…</label><control></p>`. */
export const field = (label, control, help = "") => {
  control.id = control.id || `desk-field-${++count}`
  const parts = [el("label", { htmlFor: control.id, textContent: label }), control]
  if (help) parts.push(el("small", { textContent: help }))
  return el("p", { className: "desk-field" }, parts)
}

/** Opens a modal dialog. `done(value)` closes it; the promise gives the value, null when it was dismissed. */
export const dialog = (title, build, { wide = false } = {}) =>
  new Promise((resolve) => {
    let answer = null
    const heading = el("h2", { id: `desk-dialog-${++count}`, textContent: title })
    const close = el("button", { type: "button", className: "desk-close", textContent: "Close" })
    const box = el("dialog", { className: wide ? "desk-dialog wide" : "desk-dialog" }, [el("header", {}, [heading, close])])
    box.setAttribute("aria-labelledby", heading.id)
    const done = (value) => {
      answer = value
      box.close()
    }
    close.addEventListener("click", () => box.close())
    box.addEventListener("close", () => {
      box.remove()
      resolve(answer)
    })
    document.body.append(box)
    box.append(...build(done))
    box.showModal()
    // The first thing to type in, not the button that closes it all again.
    box.querySelector(":is(input, textarea):not(details :is(input, textarea))")?.focus()
  })

const base = () => document.querySelector("[data-desk-embeds]").dataset.deskEmbeds

/** The token that a POST must carry: the cookie's, which a login changes, else the page's. */
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]").value

const needsLogin = async (response) => {
  if (response.redirected && /\/login\/$/.test(new URL(response.url).pathname)) return true
  if (response.status !== 403 || !isJson(response)) return false
  return Boolean((await response.clone().json()).login)
}
const isJson = (response) => (response.headers.get("content-type") || "").includes("json")

/** Posts to the login view. "" when it let the person in, else why not. */
const logIn = async (address, username, password) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ username, password, csrfmiddlewaretoken: token() })) form.append(name, value)
  const response = await fetch(address, { method: "POST", body: form, credentials: "same-origin", redirect: "manual" })
  if (response.type === "opaqueredirect") return ""
  if (!response.ok) return "The login did not answer. Try again."
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  return page.querySelector(".errornote")?.textContent.trim() || "This was not the password."
}

let asking = null
/** Asks the page's own person for the password, once however many requests wait; true when they are in again. */
export const loginAgain = () => {
  const facts = document.getElementById("desk-facts")?.dataset
  if (!facts) return Promise.resolve(false)
  asking ||= dialog("Your login has run out", (done) => {
    const password = el("input", { type: "password", name: "password", required: true, autocomplete: "current-password" })
    const words = el("p", { textContent: `Nothing is lost. Log in again as ${facts.person} to go on where you are.` })
    const enter = smallForm([words, field("Password", password)], "Log in", async () => {
      const refused = await logIn(facts.login, facts.person, password.value)
      if (refused) throw new Error(refused)
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token()))
      done(true)
    })
    return [enter]
  }).finally(() => (asking = null))
  return asking
}

/** fetch, for the desk: a login that ran out is asked for in the page, then the request is made again. */
export const reach = async (url, options = {}, again = loginAgain) => {
  const send = () => {
    const headers = { Accept: "application/json", ...(options.body ? { "X-CSRFToken": token() } : {}) }
    // The form's own token may be older than the login.
    if (options.body?.has?.("csrfmiddlewaretoken")) options.body.set("csrfmiddlewaretoken", token())
    return fetch(url, { credentials: "same-origin", ...options, headers })
  }
  const response = await send()
  return (await needsLogin(response)) && (await again()) ? send() : response
}

const answered = async (response) => {
  if (await needsLogin(response)) throw new Error("Your login has run out. Nothing here is lost: try again to log in.")
  const said = isJson(response) ? await response.json() : null
  if (response.ok && said) return said
  if (said?.error) throw new Error(said.error)
  if (response.status === 403) throw new Error("You may not do this.")
  throw new Error(`The server answered ${response.status}. Nothing was changed.`)
}

/** GET and POST below /admin/articles/article/embed/. Both throw an Error with a sentence for the editor. */
export const ask = async (path, query = {}) => answered(await reach(`${base()}${path}?${new URLSearchParams(query)}`))
export const send = async (path, data) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(data)) form.append(name, value)
  return answered(await reach(base() + path, { method: "POST", body: form }))
}

/** A POST with one file, as a Response; only XMLHttpRequest tells how far it got. */
const carried = (path, file, progress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append("file", file, file.name || "picture")
    request.open("POST", base() + path)
    request.setRequestHeader("X-CSRFToken", token())
    request.setRequestHeader("Accept", "application/json")
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total))
    request.addEventListener("load", () => {
      const headers = { "content-type": request.getResponseHeader("content-type") || "" }
      resolve(new Response(request.status === 204 ? null : request.responseText, { status: request.status, headers }))
    })
    request.addEventListener("error", () => reject(new Error("The server cannot be reached.")))
    request.send(form)
  })

/** POST of one file, with `progress(fraction)` on its way. Throws an Error with a sentence, as `send` does. */
export const sendFile = async (path, file, progress) => {
  const response = await carried(path, file, progress)
  const again = (await needsLogin(response)) && (await loginAgain())
  return answered(again ? await carried(path, file, progress) : response)
}

/** A search box that asks `path?q=` a moment after the last key, and shows what `draw` makes of each result. */
export const finder = (label, path, draw, empty) => {
  const results = el("ul", { className: "desk-results" })
  const status = el("p", { className: "desk-status", role: "status" })
  const input = el("input", { type: "search" })
  let asked = 0
  let timer = 0
  const look = async () => {
    const mine = ++asked
    try {
      const found = (await ask(path, { q: input.value })).results
      if (mine !== asked) return
      results.replaceChildren(...found.map((one) => el("li", {}, [draw(one)])))
      status.textContent = found.length ? "" : empty
    } catch (error) {
      status.textContent = error.message
    }
  }
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(look, 200)
  })
  look()
  return [field(label, input), status, results]
}

/** A form that stays open until `submit(values)` succeeds; its error stands above the button. */
export const smallForm = (fields, button, submit) => {
  const error = el("p", { className: "desk-error", role: "alert" })
  const go = el("button", { type: "submit", className: "desk-primary", textContent: button })
  const form = el("form", { className: "desk-form" }, [...fields, error, go])
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    error.textContent = ""
    go.disabled = true
    try {
      await submit(new FormData(form))
    } catch (problem) {
      error.textContent = problem.message
    }
    go.disabled = false
  })
  return form
}
