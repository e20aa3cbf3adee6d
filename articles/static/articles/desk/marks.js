// Marks in the text for what is on its way into it: they keep their place while somebody writes around them.

import { pm } from "django-prose-editor/editor"

const { PluginKey } = pm.state
const { DecorationSet } = pm.view

/**
 * What a plugin needs for its marks: `{key, state, decorations, found}`. A transaction with the meta `{add, remove}` for
 * this key changes them; `found(state, test)` are the marks whose spec passes.
 */
export const marks = (name) => {
  const key = new PluginKey(name)
  return {
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const { add = [], remove = [] } = tr.getMeta(key) || {}
        return set.remove(remove).map(tr.mapping, tr.doc).add(tr.doc, add)
      },
    },
    decorations: (state) => key.getState(state),
    found: (state, test) => key.getState(state).find(undefined, undefined, test),
  }
}
