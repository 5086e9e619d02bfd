import { useState } from 'preact/hooks'
import type { Person, Team } from '../../utils/protocol/admin.ts'
import { words } from '../../utils/words.ts'
import { Dialog } from './dialog.tsx'
import { TextField, Tick } from './field.tsx'

interface Props {
  team: Team
  people: Person[]
  onDo: (team: Team) => Promise<unknown>
  onClose: () => void
}

export function TeamDialog({ team, people, onDo, onClose }: Props) {
  const [{ name, memberIds }, set] = useState(team)
  return (
    <Dialog
      title={words('team_edit')}
      does={words('save')}
      disabled={name.trim() === ''}
      onDo={() => onDo({ id: team.id, name, memberIds })}
      onClose={onClose}
    >
      <TextField label={words('team_name')} maxLength={80} value={name} onValue={(next) => set({ id: team.id, name: next, memberIds })} />
      <fieldset class="set">
        <legend>{words('team_members')}</legend>
        <div class="pick">
          {people.map((person) => (
            <Tick
              key={person.id}
              label={person.name}
              checked={memberIds.includes(person.id)}
              onTick={(on) =>
                set({ id: team.id, name, memberIds: on ? [...memberIds, person.id] : memberIds.filter((other) => other !== person.id) })
              }
            />
          ))}
        </div>
      </fieldset>
    </Dialog>
  )
}
