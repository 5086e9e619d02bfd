import { CircleCheck, PhoneMissed, Voicemail } from 'lucide'
import { fullDate, nameOf, whenShort } from '../../utils/format.ts'
import { UNREAD_LIMIT } from '../../utils/protocol/limits.ts'
import type { Notification } from '../../utils/protocol/threads.ts'
import { words, wordsFor, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Icon } from '../base/icon.tsx'

const shownAtMost = 5

/** Unread missed calls and voicemails, newest first; each opens its thread (MI1). */
export function MissedList({ notifications, actions }: { notifications: Notification[]; actions: Actions }) {
  const more = notifications.length - shownAtMost
  return (
    <section class="missed" aria-labelledby="missed-title">
      <h2 id="missed-title" class="label">
        {words('popup_missed')}
      </h2>
      {notifications.length === 0 ? (
        <p class="row soft missed-none">
          <Icon of={CircleCheck} size={16} /> {words('popup_missed_none')}
        </p>
      ) : (
        <ul>
          {notifications.slice(0, shownAtMost).map((notification) => (
            <li key={notification.id}>
              <button type="button" class="missed-row" onClick={() => actions.open(`/threads/${notification.thread.id}`)}>
                <span class="missed-icon">
                  <Icon of={notification.kind === 'voicemail' ? Voicemail : PhoneMissed} size={16} />
                </span>
                <span class="grow">
                  <span class="cut missed-name">{nameOf(notification.thread.contact, notification.thread.number)}</span>
                  <span class="cut faint">
                    {wordsOf('kind', notification.kind)} · {notification.thread.channel.name}
                  </span>
                </span>
                <time class="faint" dateTime={notification.at} title={fullDate(notification.at)}>
                  {whenShort(notification.at)}
                </time>
              </button>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <button type="button" class="button" data-look="plain" data-size="small" onClick={() => actions.open('/threads')}>
          {notifications.length < UNREAD_LIMIT ? wordsFor(more, 'popup_missed_more') : words('popup_missed_all')}
        </button>
      )}
    </section>
  )
}
