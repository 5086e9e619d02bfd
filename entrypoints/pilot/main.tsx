import { mount } from '../../components/mount.tsx'
import { dragBy, keepFitted, openFrame } from '../../utils/frame.ts'
import { createTeller } from '../../utils/teller.ts'
import { connectView } from '../../utils/view.ts'
import { Pilot } from './app.tsx'
import { createGuard } from './guard.ts'

const view = connectView('view:pilot')
const frame = openFrame()
const guard = createGuard({ raise: frame.raise })

const place = mount(<Pilot view={view} teller={createTeller(view)} guard={guard} />)
keepFitted(frame, place)
dragBy(frame, place)
