import { browser } from '../utils/browser.ts'

/** Starts the desk. Every listener is attached before this returns: an event that woke the worker is delivered only to listeners of its first turn. */
export function start(): void {
  browser.runtime.onInstalled.addListener(() => {})
}
