/** `?screen=pilot/live&lang=pl` shows one screen; without `screen`, the list of all. Theme and motion are the browser's. */
import { render } from 'preact'
import { speakFrom } from '../../utils/words.ts'
import { screens } from './screens.tsx'
import { wordsIn } from './words.ts'

const query = new URLSearchParams(location.search)
const language = query.get('lang') === 'pl' ? 'pl' : 'en'
document.documentElement.lang = language
speakFrom(wordsIn(language))

const screen = screens[query.get('screen') ?? '']

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

render(screen ? screen.show() : <List />, document.getElementById('app') as HTMLElement)
