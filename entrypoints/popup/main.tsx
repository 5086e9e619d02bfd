import { render } from 'preact'
import { connectView } from '../../utils/view.ts'
import { words } from '../../utils/words.ts'

const view = connectView('view:popup')

function App() {
  return <p>{view.snapshot.value ? words('extension_name') : words('starting')}</p>
}

render(<App />, document.body)
