// The form for a link: one field, an address that is looked at before it is taken.

import { dialog, el, field, smallForm } from "desk/dialogs"
import { checked, postOf } from "desk/links"

export const removeLink = (editor) => editor.chain().focus().extendMarkRange("link").unsetLink().run()

/** Whether there is something to link: words selected, or a link that the caret stands in. */
const linkable = (editor) => editor.isActive("link") || (!editor.state.selection.empty && editor.can().setLink({ href: "https://example.org" }))

const hintFor = (address) => {
  try {
    const href = checked(address)
    if (postOf(href)) return "A post on X. On a line of its own in the text it becomes a card."
    return href === address.trim() ? "" : `Readers go to ${href}`
  } catch {
    return ""
  }
}

export const editLink = async (editor) => {
  if (!linkable(editor)) return editor.emit("desk:say", { words: "Select the words that shall be a link." })
  const before = editor.getAttributes("link").href || ""
  const href = await dialog(before ? "Change the link" : "Link", (done) => {
    const input = el("input", { name: "href", value: before, required: true, placeholder: "https://", inputMode: "url", autocomplete: "off" })
    const hint = el("p", { className: "desk-status" })
    input.addEventListener("input", () => (hint.textContent = hintFor(input.value)))
    const form = smallForm([field("Address", input), hint], "Link", () => done(checked(input.value)))
    form.noValidate = true
    const unlink = el("button", { type: "button", textContent: "Remove the link", onclick: () => done("") })
    return before ? [form, unlink] : [form]
  })
  if (href === null) return editor.view.focus()
  if (!href) return removeLink(editor)
  editor.chain().focus().extendMarkRange("link").setLink({ href }).run()
}
