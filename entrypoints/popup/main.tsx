import { mount } from '../../components/mount.tsx'
import { createTeller } from '../../utils/teller.ts'
import { connectView } from '../../utils/view.ts'
import { Popup } from './app.tsx'

const view = connectView('view:popup')

mount(<Popup view={view} teller={createTeller(view)} />)
