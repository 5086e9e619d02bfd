import { type ComponentChild, render } from 'preact'
import { words } from '../utils/words.ts'

/** Puts a view into its page, in the language of its words. */
export function mount(app: ComponentChild): HTMLElement {
  const place = document.getElementById('app') as HTMLElement
  document.documentElement.lang = words('language_tag')
  render(app, place)
  return place
}
