import { Copy, Plus, Trash2 } from 'lucide'
import { useId, useState } from 'preact/hooks'
import type { Hours, HoursRange, SpecialDay } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Button } from '../base/button.tsx'
import { CopyHours } from './copy-hours.tsx'
import { TextField } from './field.tsx'
import { addRange, isTimeZone, rangeProblems, shownUntil, WEEKDAYS } from './hours.ts'
import { weekdayName } from './when.ts'

interface Props {
  hours: Hours
  onChange: (hours: Hours) => void
}

/** Several stretches a day, copied between days; a time zone; holidays and one-off closures (CH5). */
export function HoursEditor({ hours, onChange }: Props) {
  const problems = rangeProblems(hours.ranges)
  const zones = useId()
  const [copying, setCopying] = useState<number | null>(null)
  const setRange = (index: number, change: Partial<HoursRange>) =>
    onChange({ ...hours, ranges: hours.ranges.map((range, at) => (at === index ? { ...range, ...change } : range)) })
  const removeRange = (index: number) => onChange({ ...hours, ranges: hours.ranges.filter((_, at) => at !== index) })
  return (
    <fieldset class="set">
      <legend>{words('hours_title')}</legend>
      <TextField
        label={words('hours_zone')}
        hint={words('hours_zone_hint')}
        problem={isTimeZone(hours.timeZone) ? null : words('hours_zone_wrong')}
        list={zones}
        value={hours.timeZone}
        onValue={(timeZone) => onChange({ ...hours, timeZone })}
      />
      <datalist id={zones}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div>
        {WEEKDAYS.map((weekday) => {
          const day = weekdayName(weekday)
          const own = hours.ranges.map((range, index) => ({ range, index })).filter(({ range }) => range.weekday === weekday)
          return (
            <fieldset class="set day" key={weekday}>
              <legend class="unseen">{day}</legend>
              <span class="day-name" aria-hidden="true">
                {day}
              </span>
              <div class="stack day-ranges">
                {own.length === 0 && <p class="faint day-name">{words('hours_closed_day')}</p>}
                {own.map(({ range, index }) => (
                  <Range
                    key={index}
                    day={day}
                    range={range}
                    problem={problems.get(index)}
                    onChange={(change) => setRange(index, change)}
                    onRemove={() => removeRange(index)}
                  />
                ))}
              </div>
              <span class="row">
                <Button
                  look="plain"
                  size="small"
                  icon={Plus}
                  label={words('hours_add', day)}
                  onClick={() => onChange(addRange(hours, weekday))}
                />
                <Button look="plain" size="small" icon={Copy} label={words('hours_copy', day)} onClick={() => setCopying(weekday)} />
              </span>
            </fieldset>
          )
        })}
      </div>
      {copying !== null && <CopyHours hours={hours} from={copying} onCopy={onChange} onClose={() => setCopying(null)} />}
      <SpecialDays days={hours.specialDays} onChange={(specialDays) => onChange({ ...hours, specialDays })} />
    </fieldset>
  )
}

interface RangeProps {
  day: string
  range: Pick<HoursRange, 'from' | 'until'>
  problem: string | undefined
  onChange: (change: Partial<HoursRange>) => void
  onRemove: () => void
}

function Range({ day, range, problem, onChange, onRemove }: RangeProps) {
  const id = useId()
  const tie = { 'aria-invalid': problem !== undefined, 'aria-describedby': id }
  const overnight = range.until !== '' && range.from !== '' && shownUntil(range.until) <= range.from
  return (
    <div>
      <div class="range">
        <input
          class="input"
          type="time"
          aria-label={words('hours_from_label', day)}
          {...tie}
          value={range.from}
          onInput={(event) => onChange({ from: event.currentTarget.value })}
        />
        <span aria-hidden="true">–</span>
        <input
          class="input"
          type="time"
          aria-label={words('hours_until_label', day)}
          {...tie}
          value={shownUntil(range.until)}
          onInput={(event) => onChange({ until: event.currentTarget.value })}
        />
        <Button look="plain" size="small" icon={Trash2} label={words('hours_remove', day)} onClick={onRemove} />
        {overnight && <span class="faint">{words('hours_overnight')}</span>}
      </div>
      <p class="problem" id={id} role="alert">
        {problem && wordsOf('hours_problem', problem)}
      </p>
    </div>
  )
}

function SpecialDays({ days, onChange }: { days: SpecialDay[]; onChange: (days: SpecialDay[]) => void }) {
  const set = (index: number, change: Partial<SpecialDay>) => onChange(days.map((day, at) => (at === index ? { ...day, ...change } : day)))
  return (
    <fieldset class="set">
      <legend>{words('special_title')}</legend>
      {days.map((day, index) => (
        <div class="stack" key={index}>
          <div class="pair">
            <TextField
              label={words('special_day')}
              type="date"
              problem={day.day ? null : words('special_day_missing')}
              value={day.day}
              onValue={(value) => set(index, { day: value })}
            />
            <TextField
              label={words('special_name')}
              placeholder={words('special_example')}
              maxLength={80}
              problem={day.name.trim() ? null : words('special_name_missing')}
              value={day.name}
              onValue={(name) => set(index, { name })}
            />
          </div>
          {day.ranges.length === 0 && <p class="faint">{words('hours_closed_day')}</p>}
          {day.ranges.map((range, at) => (
            <Range
              key={at}
              day={day.name}
              range={range}
              problem={rangeProblems(day.ranges.map((one) => ({ ...one, weekday: 1 }))).get(at)}
              onChange={({ from, until }) =>
                set(index, {
                  ranges: day.ranges.map((one, place) => (place === at ? { from: from ?? one.from, until: until ?? one.until } : one)),
                })
              }
              onRemove={() => set(index, { ranges: day.ranges.filter((_, place) => place !== at) })}
            />
          ))}
          <div class="row">
            <Button
              size="small"
              look="line"
              icon={Plus}
              onClick={() => set(index, { ranges: [...day.ranges, { from: '10:00', until: '14:00' }] })}
            >
              {words('special_hours')}
            </Button>
            <Button size="small" look="plain" icon={Trash2} onClick={() => onChange(days.filter((_, at) => at !== index))}>
              {words('special_remove')}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button look="line" size="small" icon={Plus} onClick={() => onChange([...days, { day: '', name: '', ranges: [] }])}>
          {words('special_add')}
        </Button>
      </div>
    </fieldset>
  )
}
