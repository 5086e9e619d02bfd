import { useState } from 'preact/hooks'
import type { Person, PersonInput, Team } from '../../utils/protocol/admin.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Dialog } from './dialog.tsx'
import { ChoiceField, TextField, Tick } from './field.tsx'

interface Props {
  /** Null: somebody new. */
  person: Person | null
  teams: Team[]
  onDo: (input: PersonInput) => Promise<unknown>
  onClose: () => void
}

export function PersonDialog({ person, teams, onDo, onClose }: Props) {
  const [input, setInput] = useState<PersonInput>(() => {
    const {
      name = '',
      email = null,
      role = 'agent',
      seat = true,
      language = words('language_tag') as 'en' | 'pl',
      teamIds = [],
    } = person ?? {}
    return { name, email, role, seat, language, teamIds }
  })
  const set = (change: Partial<PersonInput>) => setInput((before) => ({ ...before, ...change }))
  return (
    <Dialog
      title={person ? words('person_edit', person.name) : words('people_invite')}
      does={words(person ? 'save' : 'people_invite')}
      disabled={input.name.trim() === ''}
      onDo={() => onDo(input)}
      onClose={onClose}
    >
      <TextField label={words('person_name')} required maxLength={120} value={input.name} onValue={(name) => set({ name })} />
      <TextField
        label={words('person_email')}
        hint={words('person_email_hint')}
        type="email"
        value={input.email ?? ''}
        onValue={(email) => set({ email: email.trim() || null })}
      />
      <div class="pair">
        <ChoiceField
          label={words('account_role')}
          value={input.role}
          options={(['agent', 'admin'] as const).map((value) => ({ value, text: wordsOf('account_role', value) }))}
          onChoose={(role) => set({ role: role as PersonInput['role'] })}
        />
        <ChoiceField
          label={words('person_language')}
          value={input.language}
          options={(['en', 'pl'] as const).map((value) => ({ value, text: words(`person_language_${value}`) }))}
          onChoose={(language) => set({ language: language as PersonInput['language'] })}
        />
      </div>
      <Tick label={words('person_seat')} checked={input.seat} onTick={(seat) => set({ seat })} />
      {teams.length > 0 && (
        <fieldset class="set">
          <legend>{words('teams_title')}</legend>
          <div class="pick">
            {teams.map(({ id, name }) => (
              <Tick
                key={id}
                label={name}
                checked={input.teamIds.includes(id)}
                onTick={(on) => set({ teamIds: on ? [...input.teamIds, id] : input.teamIds.filter((other) => other !== id) })}
              />
            ))}
          </div>
        </fieldset>
      )}
    </Dialog>
  )
}
