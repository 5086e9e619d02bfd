import { Plus, UserPlus } from 'lucide'
import { useState } from 'preact/hooks'
import type { Invitation, Person, PersonInput, Team } from '../../utils/protocol/admin.ts'
import { words, wordsFor, wordsOf } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Avatar, Badge, Dot } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { Dialog } from './dialog.tsx'
import { InvitationPart } from './invitation.tsx'
import { Opening } from './opening.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { TeamDialog } from './team-dialog.tsx'
import { useAsked } from './use-asked.ts'

type Open =
  | { what: 'invite' }
  | { what: 'edit' | 'disable' | 'enable' | 'link'; person: Person }
  | { what: 'team' | 'delete-team'; team: Team }
  | null

/** Who works here: invitations, roles, Service seats, teams (PE1, PE2). */
export function PeoplePage({ admin }: { admin: Admin }) {
  const { data, failure, again } = useAsked(admin.ask, 'listPeople')
  const [open, setOpen] = useState<Open>(null)
  const [invitation, setInvitation] = useState<{ for: string; is: Invitation } | null>(null)
  const close = () => setOpen(null)
  if (!data) {
    return (
      <div class="page page-wide stack">
        <h1 class="page-title">{words('people_title')}</h1>
        <Opening failure={failure} again={again} />
      </div>
    )
  }
  const { people, teams, company } = data

  async function invite(input: PersonInput) {
    const { person, invitation: made } = await admin.ask('invitePerson', { personId: crypto.randomUUID() }, input)
    setInvitation({ for: person.name, is: made })
    again()
  }

  return (
    <div class="page page-wide stack">
      <header class="page-head">
        <h1 class="page-title grow">{words('people_title')}</h1>
        <Badge tone={company.seatLimit !== null && company.seatsUsed >= company.seatLimit ? 'warn' : 'accent'}>
          {company.seatLimit === null
            ? words('seats_used', company.seatsUsed)
            : words('seats_used_of', company.seatsUsed, company.seatLimit)}
        </Badge>
        <Button look="main" icon={UserPlus} onClick={() => setOpen({ what: 'invite' })}>
          {words('people_invite')}
        </Button>
      </header>
      {failure && <FailureBanner failure={failure} />}
      {invitation && <InvitationPart name={invitation.for} invitation={invitation.is} />}
      <section class="page-part" aria-label={words('people_title')}>
        <ul>
          {people.map((person) => (
            <PersonLine key={person.id} person={person} teams={teams} onOpen={setOpen} self={person.id === admin.userId} />
          ))}
        </ul>
      </section>
      <section class="page-part stack">
        <div class="row wrap">
          <h2 class="grow">{words('teams_title')}</h2>
          <Button
            size="small"
            look="line"
            icon={Plus}
            onClick={() => setOpen({ what: 'team', team: { id: crypto.randomUUID(), name: '', memberIds: [] } })}
          >
            {words('team_add')}
          </Button>
        </div>
        {teams.length === 0 && <p class="soft">{words('teams_none')}</p>}
        <ul>
          {teams.map((team) => (
            <li class="site-row wrap" key={team.id}>
              <strong class="grow">{team.name}</strong>
              <span class="soft">{wordsFor(team.memberIds.length, 'team_size')}</span>
              <Button size="small" look="plain" onClick={() => setOpen({ what: 'delete-team', team })}>
                {words('team_delete')}
              </Button>
              <Button size="small" look="line" onClick={() => setOpen({ what: 'team', team })}>
                {words('edit')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {open?.what === 'invite' && <PersonDialog person={null} teams={teams} onDo={invite} onClose={close} />}
      {open?.what === 'edit' && (
        <PersonDialog
          person={open.person}
          teams={teams}
          onDo={(input) => admin.ask('savePerson', { personId: open.person.id }, input).then(again)}
          onClose={close}
        />
      )}
      {open?.what === 'link' && (
        <Dialog
          title={words('link_ask', open.person.name)}
          does={words('link_make')}
          onDo={async () => setInvitation({ for: open.person.name, is: await admin.ask('makeLink', { personId: open.person.id }, {}) })}
          onClose={close}
        >
          <p>{words('link_hint')}</p>
        </Dialog>
      )}
      {(open?.what === 'disable' || open?.what === 'enable') && (
        <Dialog
          title={words(open.what === 'disable' ? 'person_disable_ask' : 'person_enable_ask', open.person.name)}
          does={words(open.what === 'disable' ? 'person_disable' : 'person_enable')}
          look={open.what === 'disable' ? 'stop' : 'main'}
          onDo={() => admin.ask(open.what === 'disable' ? 'disablePerson' : 'enablePerson', { personId: open.person.id }, {}).then(again)}
          onClose={close}
        >
          <p>{words(open.what === 'disable' ? 'person_disable_hint' : 'person_enable_hint')}</p>
        </Dialog>
      )}
      {open?.what === 'team' && (
        <TeamDialog
          team={open.team}
          people={people}
          onDo={({ name, memberIds }) => admin.ask('saveTeam', { teamId: open.team.id }, { name, memberIds }).then(again)}
          onClose={close}
        />
      )}
      {open?.what === 'delete-team' && (
        <Dialog
          title={words('team_delete_ask', open.team.name)}
          does={words('team_delete')}
          look="stop"
          onDo={() => admin.ask('deleteTeam', { teamId: open.team.id }, null).then(again)}
          onClose={close}
        >
          <p>{words('team_delete_hint')}</p>
        </Dialog>
      )}
    </div>
  )
}

interface LineProps {
  person: Person
  teams: Team[]
  self: boolean
  onOpen: (open: Open) => void
}

function PersonLine({ person, teams, self, onOpen }: LineProps) {
  const own = teams.filter(({ id }) => person.teamIds.includes(id)).map(({ name }) => name)
  return (
    <li class="site-row wrap">
      <Avatar name={person.name} />
      <span class="grow person-name">
        <strong class="row wrap person-title">
          <span class="whole">{person.name}</span> <Dot status={person.status} />
          <span class="faint">{wordsOf('status', person.status)}</span>
        </strong>
        <span class="faint block">{[person.email, ...own].filter(Boolean).join(' · ')}</span>
      </span>
      <span class="chips">
        {person.disabled && <Badge tone="stop">{words('person_disabled')}</Badge>}
        {person.invited && !person.disabled && <Badge tone="warn">{words('person_invited')}</Badge>}
        {person.role === 'admin' && <Badge tone="accent">{words('account_role_admin')}</Badge>}
        {person.seat ? <Badge tone="go">{words('account_seat')}</Badge> : <Badge>{words('person_no_seat')}</Badge>}
      </span>
      <span class="row wrap">
        {!person.disabled && (
          <Button
            size="small"
            look="plain"
            aria-label={`${words('link_make')}: ${person.name}`}
            onClick={() => onOpen({ what: 'link', person })}
          >
            {words('link_make')}
          </Button>
        )}
        {!self && (
          <Button
            size="small"
            look="plain"
            aria-label={`${words(person.disabled ? 'person_enable' : 'person_disable')}: ${person.name}`}
            onClick={() => onOpen({ what: person.disabled ? 'enable' : 'disable', person })}
          >
            {words(person.disabled ? 'person_enable' : 'person_disable')}
          </Button>
        )}
        <Button size="small" look="line" aria-label={`${words('edit')}: ${person.name}`} onClick={() => onOpen({ what: 'edit', person })}>
          {words('edit')}
        </Button>
      </span>
    </li>
  )
}
