/** Typed reading of a checked element's attributes; the table guarantees the types. */
import type { Element } from './parse.ts'

export const textOf = (element: Element, name: string): string | undefined => {
  const value = element.attributes[name]
  return typeof value === 'string' ? value : undefined
}
export const numberOf = (element: Element, name: string): number | undefined => {
  const value = element.attributes[name]
  return typeof value === 'number' ? value : undefined
}
export const flagOf = (element: Element, name: string): boolean => element.attributes[name] === true
export const wordsOf = (element: Element, name: string): string[] => {
  const value = element.attributes[name]
  return Array.isArray(value) ? value : []
}
export const methodOf = (element: Element, name: string): 'GET' | 'POST' => (element.attributes[name] === 'GET' ? 'GET' : 'POST')
