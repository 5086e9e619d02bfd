import { words } from '../../utils/words.ts'

export function Back() {
  return (
    <a class="row back" href="#/channels">
      <span aria-hidden="true">←</span> {words('channels_title')}
    </a>
  )
}
