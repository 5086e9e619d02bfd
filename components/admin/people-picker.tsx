import { Search } from 'lucide'
import { useState } from 'preact/hooks'
import type { Person, Team } from '../../utils/protocol/admin.ts'
import { words, wordsFor } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Icon } from '../base/icon.tsx'
import { Badge } from '../base/signs.tsx'
import { Tick } from './field.tsx'
import { overTheLimit } from './over-the-limit.ts'

interface Props {
  people: Person[]
  teams: Team[]
  userIds: string[]
  teamIds: string[]
  onChange: (change: { userIds?: string[]; teamIds?: string[] }) => void
}

/** Who rings inside working hours: teams and people, with who lacks a seat and who would be over the limit. */
export function PeoplePicker({ people, teams, userIds, teamIds, onChange }: Props) {
  const [text, setText] = useState('')
  const members = new Set([...userIds, ...teams.filter(({ id }) => teamIds.includes(id)).flatMap(({ memberIds }) => memberIds)])
  const active = people.filter(({ disabled }) => !disabled)
  const over = overTheLimit(people, members)
  const seatless = active.filter(({ id, seat }) => members.has(id) && !seat).length
  const matches = (name: string) => name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase())
  const flip = (list: string[], id: string, on: boolean) => (on ? [...list, id] : list.filter((other) => other !== id))
  return (
    <fieldset class="set">
      <legend>{words('pick_title')}</legend>
      <div class="search">
        <Icon of={Search} size={16} />
        <input
          class="input"
          type="search"
          aria-label={words('pick_search')}
          placeholder={words('pick_search')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div class="pick">
        {teams
          .filter(({ name }) => matches(name))
          .map((team) => (
            <Tick
              key={team.id}
              label={team.name}
              checked={teamIds.includes(team.id)}
              onTick={(on) => onChange({ teamIds: flip(teamIds, team.id, on) })}
            >
              <Badge tone="accent">{wordsFor(team.memberIds.length, 'team_size')}</Badge>
            </Tick>
          ))}
        {active
          .filter(({ name }) => matches(name))
          .map((person) => (
            <Tick
              key={person.id}
              label={person.name}
              checked={userIds.includes(person.id)}
              onTick={(on) => onChange({ userIds: flip(userIds, person.id, on) })}
            >
              {!person.seat && <Badge tone="warn">{words('person_no_seat')}</Badge>}
              {over.has(person.id) && <Badge tone="warn">{words('pick_over_badge')}</Badge>}
            </Tick>
          ))}
      </div>
      <p class="faint" role="status">
        {wordsFor(members.size, 'pick_count')}
      </p>
      {members.size === 0 && <Banner tone="warn" role="status" title={words('pick_nobody')} />}
      {seatless > 0 && <Banner tone="warn" title={wordsFor(seatless, 'pick_seatless')} />}
      {over.size > 0 && <Banner tone="warn" title={words('pick_over', over.size)} />}
    </fieldset>
  )
}
