import { describe, expect, it } from 'vitest'
import { deriveStatus, type StatusFacts } from '../../companion/routing/status.ts'

const now = new Date('2026-11-23T11:00:00Z')
const good = { microphone: 'granted', voice: 'ready', connected: true } as const
const facts = (rest: Partial<StatusFacts> = {}): StatusFacts => ({
  wanted: true,
  disabled: false,
  seat: true,
  audioFailed: false,
  browsers: [good],
  holdsCall: false,
  wrapUpUntil: null,
  now,
  ...rest,
})
const later = new Date(now.getTime() + 1)

describe('status', () => {
  it.each<[string, Partial<StatusFacts>, string, string | null]>([
    ['everything is there', {}, 'ready', null],
    ['not wanted', { wanted: false }, 'away', null],
    ['no browser', { browsers: [] }, 'offline', null],
    ['the only browser is gone', { browsers: [{ ...good, connected: false }] }, 'offline', null],
    ['away counts more than offline', { wanted: false, browsers: [] }, 'away', null],
    ['switched off', { disabled: true }, 'blocked', 'disabled'],
    ['no seat', { seat: false }, 'blocked', 'no-seat'],
    ['no seat, and away: only an admin can help', { seat: false, wanted: false }, 'blocked', 'no-seat'],
    ['microphone refused', { browsers: [{ ...good, microphone: 'refused' }] }, 'blocked', 'microphone-refused'],
    ['no microphone', { browsers: [{ ...good, microphone: 'missing' }] }, 'blocked', 'microphone-missing'],
    ['microphone never asked for', { browsers: [{ ...good, microphone: 'unknown' }] }, 'blocked', 'microphone-unknown'],
    ['voice page starting', { browsers: [{ ...good, voice: 'starting' }] }, 'blocked', 'voice-not-running'],
    ['voice page failed', { browsers: [{ ...good, voice: 'failed' }] }, 'blocked', 'voice-not-running'],
    ['no sound last time', { audioFailed: true }, 'blocked', 'audio-failed'],
    ['a second browser can', { browsers: [{ ...good, microphone: 'refused' }, good] }, 'ready', null],
    [
      'a second browser could, but is gone',
      {
        browsers: [
          { ...good, voice: 'stopped' },
          { ...good, connected: false },
        ],
      },
      'blocked',
      'voice-not-running',
    ],
    [
      'of two, the one that lacks least is named',
      {
        browsers: [
          { ...good, microphone: 'missing' },
          { ...good, voice: 'stopped' },
        ],
      },
      'blocked',
      'voice-not-running',
    ],
    ['in a call', { holdsCall: true }, 'busy', null],
    ['in a call, though the toggle is off by now', { holdsCall: true, wanted: false }, 'busy', null],
    ['in a call, and the browser crashed', { holdsCall: true, browsers: [] }, 'busy', null],
    ['after a call', { wrapUpUntil: later }, 'wrapping-up', null],
    ['wrapped up', { wrapUpUntil: now }, 'ready', null],
    ['after a call, and away', { wrapUpUntil: later, wanted: false }, 'away', null],
  ])('%s', (_words, change, status, reason) => {
    expect(deriveStatus(facts(change))).toEqual({ status, reason })
  })
})
