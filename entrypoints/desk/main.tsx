import { mount } from '../../components/mount.tsx'
import { createTeller } from '../../utils/teller.ts'
import { connectView } from '../../utils/view.ts'
import { Desk } from './app.tsx'

const view = connectView('view:desk')

mount(<Desk view={view} teller={createTeller(view)} />)
