import { mount } from '../../components/mount.tsx'
import { connectView } from '../../utils/view.ts'
import { Popup } from './app.tsx'

mount(<Popup view={connectView('view:popup')} />)
