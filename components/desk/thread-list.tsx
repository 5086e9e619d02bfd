import { Inbox, PhoneMissed, Search } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { fullDate, nameOf, whenShort } from '../../utils/format.ts'
import type { Thread } from '../../utils/protocol/threads.ts'
import { words, wordsFor } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'
import { Avatar, Badge, Empty, Waiting } from '../base/signs.tsx'
import { type Filter, filters } from './filters.ts'

/** Height of a row in px; the list draws only the rows in sight, so all must be equally high. */
const ROW = 76
const beyond = 6

interface Props {
  /** Those that the filter lets through, newest first; null while they are being read. */
  threads: Thread[] | null
  filter: Filter
  selected: string | null
  text: string
  failed?: boolean
  onFilter: (filter: Filter) => void
  onSearch: (text: string) => void
}

export function ThreadList({ threads, filter, selected, text, failed = false, onFilter, onSearch }: Props) {
  const narrowed = filter !== 'all' || text !== ''
  return (
    <section class="threads" aria-label={words('nav_threads')}>
      <header class="threads-head">
        <div class="row">
          <h1 class="grow">{words('nav_threads')}</h1>
          {threads && (
            <span class="faint" role="status">
              {wordsFor(threads.length, 'threads_count')}
            </span>
          )}
        </div>
        <div class="search">
          <Icon of={Search} size={16} />
          <input
            type="search"
            class="input"
            placeholder={words('search_threads')}
            aria-label={words('search_threads')}
            value={text}
            onInput={(event) => onSearch(event.currentTarget.value)}
          />
        </div>
        <fieldset class="filters">
          <legend class="unseen">{words('filter_label')}</legend>
          {filters.map((name) => (
            <button key={name} type="button" class="filter" aria-pressed={name === filter} onClick={() => onFilter(name)}>
              {words(`filter_${name}`)}
            </button>
          ))}
        </fieldset>
      </header>
      {failed ? (
        <Empty icon={Inbox} title={words('threads_failed')} />
      ) : threads === null ? (
        <Waiting>{words('loading')}</Waiting>
      ) : threads.length === 0 ? (
        <Empty icon={Inbox} title={words(narrowed ? 'threads_empty_filter' : 'threads_empty')}>
          <p>{words(narrowed ? 'threads_empty_filter_hint' : 'threads_empty_hint')}</p>
        </Empty>
      ) : (
        <Rows threads={threads} selected={selected} />
      )}
    </section>
  )
}

function Rows({ threads, selected }: { threads: Thread[]; selected: string | null }) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 800 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => setSeen({ top: element.scrollTop, height: element.clientHeight })
    const watcher = new ResizeObserver(look)
    watcher.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      watcher.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  const first = Math.max(0, Math.floor(seen.top / ROW) - beyond)
  const last = Math.min(threads.length, Math.ceil((seen.top + seen.height) / ROW) + beyond)
  return (
    <div class="threads-rows" ref={box}>
      <ul style={{ height: `${threads.length * ROW}px` }} onKeyDown={moveByArrows}>
        {threads.slice(first, last).map((thread, index) => (
          <li
            key={thread.id}
            style={{ top: `${(first + index) * ROW}px`, height: `${ROW}px` }}
            aria-setsize={threads.length}
            aria-posinset={first + index + 1}
          >
            <Row thread={thread} selected={thread.id === selected} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function moveByArrows(event: KeyboardEvent) {
  const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null
  const row = (event.target as Element).closest('li')
  const link = step && row?.[step]?.querySelector('a')
  if (!link) return
  event.preventDefault()
  link.focus()
}

function Row({ thread, selected }: { thread: Thread; selected: boolean }) {
  const name = nameOf(thread.contact, thread.number)
  return (
    <a class="thread-row" href={`#/threads/${thread.id}`} aria-current={selected ? 'true' : undefined}>
      <Avatar name={thread.contact?.name ?? null} />
      <span class="grow">
        <span class="row">
          <strong class="cut grow">{name}</strong>
          <time class="faint" dateTime={thread.updatedAt} title={fullDate(thread.updatedAt)}>
            {whenShort(thread.updatedAt)}
          </time>
        </span>
        <span class="row">
          <span class="cut grow soft thread-preview">{thread.preview || thread.channel.name}</span>
          {thread.missed && (
            <Badge tone="stop">
              <Icon of={PhoneMissed} size={12} /> {words('thread_missed')}
            </Badge>
          )}
        </span>
        <span class="cut faint thread-owner">{thread.owner?.name ?? words('owner_none')}</span>
      </span>
    </a>
  )
}
