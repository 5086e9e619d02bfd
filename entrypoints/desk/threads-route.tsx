import { useEffect, useState } from 'preact/hooks'
import { ThreadList } from '../../components/desk/thread-list.tsx'
import { NoThread, ThreadPage } from '../../components/desk/thread-page.tsx'
import { loadBySending } from '../../components/thread/sound.ts'
import type { Snapshot } from '../../utils/messages.ts'
import type { View } from '../../utils/view.ts'
import { createOpenThread } from './open-thread.ts'
import { createThreadList } from './thread-list.ts'

export function Threads({ view, snapshot, threadId }: { view: View; snapshot: Snapshot; threadId: string | null }) {
  const [list] = useState(createThreadList)
  const [thread] = useState(() => createOpenThread(view))
  const userId = snapshot.me?.user.id ?? null
  useEffect(() => list.setUser(userId), [list, userId])
  useEffect(() => thread.open(threadId), [thread, threadId])

  // Reading a thread is what an unread notification waits for (MI1).
  const unread = snapshot.notifications.filter((notification) => notification.thread.id === threadId)
  const key = unread.map(({ id }) => id).join()
  useEffect(() => {
    for (const notificationId of key.split(',').filter(Boolean)) view.send({ type: 'clear-notification', notificationId }).catch(() => {})
  }, [key, view])

  const note = thread.note.value
  // The desk has it on this machine's disk; the companion may not have it yet.
  const waits = note.state === 'saved' && snapshot.unsent > 0 && snapshot.line.state !== 'open'
  return (
    <>
      <ThreadList
        threads={list.threads.value}
        filter={list.filter.value}
        selected={threadId}
        text={list.text.value}
        failed={list.failed.value}
        onFilter={list.choose}
        onSearch={list.search}
      />
      {threadId ? (
        <ThreadPage
          detail={thread.detail.value}
          failure={thread.failure.value}
          me={snapshot.me?.user ?? null}
          note={waits ? { ...note, state: 'waiting' } : note}
          loadSound={loadBySending(view)}
          owners={thread.owners.value}
          onAskOwners={thread.askOwners}
          onOwner={thread.setOwner}
          onWrite={(text) => thread.write(note, text)}
          onEdit={thread.edit}
        />
      ) : (
        <NoThread />
      )}
    </>
  )
}
