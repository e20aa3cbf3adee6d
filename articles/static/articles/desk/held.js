// A save waits for what is on its way into the text: a post being looked up, a picture being sent, words just typed.

const underWay = new Set()
const unsent = new Set()

/** The form waits for this promise, whichever way it ends. Gives the promise back. */
export const hold = (promise) => {
  underWay.add(promise)
  promise.finally(() => underWay.delete(promise))
  return promise
}

/** `send()` is asked before each save: a promise when something was typed that only it can send, else nothing. */
export const beforeSave = (send) => {
  unsent.add(send)
  return () => unsent.delete(send)
}

let released = false

document.addEventListener(
  "submit",
  async (event) => {
    if (event.target.id !== "article_form") return
    if (released) return void (released = false)
    const waits = [...underWay, ...[...unsent].map((send) => send()).filter(Boolean)]
    if (!waits.length) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { target: form, submitter } = event
    await Promise.allSettled(waits)
    released = true
    form.requestSubmit(submitter)
  },
  true,
)
