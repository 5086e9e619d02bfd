import { useEffect, useState } from 'preact/hooks'
import type { Actions } from '../../components/actions.ts'
import { Mark } from '../../components/base/mark.tsx'
import { Waiting } from '../../components/base/signs.tsx'
import { MicrophoneChoice } from '../../components/call/microphone-choice.tsx'
import { AccountPage } from '../../components/desk/account-page.tsx'
import { isAdminPlace, Shell } from '../../components/desk/shell.tsx'
import { SignIn } from '../../components/desk/sign-in.tsx'
import { type Progress, Steps } from '../../components/desk/steps.tsx'
import { watchDevices } from '../../utils/devices.ts'
import type { Snapshot } from '../../utils/messages.ts'
import type { Teller } from '../../utils/teller.ts'
import { Failed, type View } from '../../utils/view.ts'
import { words } from '../../utils/words.ts'
import { AdminRoute } from './admin-route.tsx'
import { Microphone } from './microphone-route.tsx'
import { go, route } from './route.ts'
import { createSites, Sites } from './sites-route.tsx'
import { Threads } from './threads-route.tsx'

const devices = watchDevices()

export function Desk({ view, teller }: { view: View; teller: Teller }) {
  const [sites] = useState(() => createSites(view))
  const snapshot = view.snapshot.value
  const signedOut = snapshot !== null && snapshot.line.address === null
  useEffect(() => {
    // Before signing in there is one place only; after it that place is gone.
    if (signedOut && route.value.place !== 'sign-in') go('/sign-in')
    if (snapshot && !signedOut && route.value.place === 'sign-in') go(snapshot.microphone === 'granted' ? '/threads' : '/microphone')
  }, [signedOut, snapshot?.microphone, snapshot === null])
  useEffect(() => {
    if (snapshot && !signedOut) void sites.read()
  }, [signedOut, snapshot === null, sites])

  if (!snapshot) {
    return (
      <main class="welcome">
        <Waiting>{words('starting')}</Waiting>
      </main>
    )
  }
  const progress: Progress = {
    signedIn: !signedOut,
    microphone: snapshot.microphone === 'granted',
    site: (sites.list.value?.length ?? 0) > 0,
  }
  if (signedOut) return <Welcome view={view} snapshot={snapshot} progress={progress} />

  const actions: Actions = {
    send: view.send,
    tell: teller.tell,
    failure: teller.failure.value,
    press(event, command) {
      if (event.isTrusted) teller.tell(command)
    },
    reach(event, callId) {
      if (event.isTrusted) void view.send({ type: 'open-microphone', callId }).catch(() => undefined)
    },
    open: go,
  }
  const { threadId, rest } = route.value
  const wanted = route.value.place
  // An admin's page is no place for anybody else; the companion would refuse them too.
  const place = isAdminPlace(wanted) && snapshot.me?.user.role !== 'admin' ? 'threads' : wanted
  const done = progress.microphone && progress.site
  const steps = !done && sites.list.value !== null && <Steps progress={progress} />
  return (
    <Shell
      snapshot={snapshot}
      actions={actions}
      place={place === 'sign-in' ? 'threads' : place}
      open={threadId !== null}
      microphone={<MicrophoneChoice microphones={devices.devices.value.microphones} devices={snapshot.devices} actions={actions} />}
    >
      {place === 'microphone' && <Microphone view={view} snapshot={snapshot} devices={devices} steps={steps} progress={progress} />}
      {place === 'sites' && <Sites sites={sites} steps={steps} />}
      {isAdminPlace(place) && <AdminRoute view={view} snapshot={snapshot} place={place} rest={rest} />}
      {place === 'account' && <AccountPage snapshot={snapshot} actions={actions} onCopyReport={() => copyReport(view)} />}
      {(place === 'threads' || place === 'sign-in') && <Threads view={view} snapshot={snapshot} threadId={threadId} />}
    </Shell>
  )
}

function Welcome({ view, snapshot, progress }: { view: View; snapshot: Snapshot; progress: Progress }) {
  return (
    <main class="welcome">
      <p class="shell-brand">
        <Mark size={40} /> Ringside
      </p>
      <p class="soft">{words('steps_title')}</p>
      <Steps progress={progress} />
      <SignIn
        failure={snapshot.line.failure}
        unsent={snapshot.unsent}
        onSignIn={(link) =>
          view.send({ type: 'sign-in', link }).then(
            () => null,
            (error: unknown) => (error instanceof Failed ? error.failure : { code: 'internal' }),
          )
        }
      />
    </main>
  )
}

async function copyReport(view: View): Promise<void> {
  const { report } = (await view.send({ type: 'copy-report' })) as { report: string }
  await navigator.clipboard.writeText(report)
}
