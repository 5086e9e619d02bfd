import { mount } from '../../components/mount.tsx'
import { connectView } from '../../utils/view.ts'
import { Desk } from './app.tsx'

mount(<Desk view={connectView('view:desk')} />)
