/**
 * `?screen=pilot/live&lang=pl` shows one screen; without `screen`, the list of all. Theme and motion are the browser's.
 * Scripts change the screen by `show(name)` without loading the page again.
 */
import { render } from 'preact'
import { speakFrom } from '../../utils/words.ts'
import { screens } from './screens.tsx'
import { wordsIn } from './words.ts'

const query = new URLSearchParams(location.search)
const language = query.get('lang') === 'pl' ? 'pl' : 'en'
document.documentElement.lang = language
speakFrom(wordsIn(language))

function List() {
  return (
    <main class="page stack">
      <h1 class="page-title">Gallery</h1>
      <ul>
        {Object.keys(screens).map((name) => (
          <li key={name}>
            <a href={`?screen=${name}&lang=${language}`}>{name}</a>
          </li>
        ))}
      </ul>
    </main>
  )
}

const place = document.getElementById('app') as HTMLElement

function show(name: string): void {
  render(null, place)
  update(name)
}

/** As a new snapshot does: what is on the screen stays, and only what differs changes. */
function update(name: string): void {
  render(screens[name]?.show() ?? <List />, place)
}

show(query.get('screen') ?? '')
Object.assign(window, { show, update, screenNames: Object.keys(screens) })
