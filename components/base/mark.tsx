/** The mark: a bell whose dome is wound with the ropes of a ring. Same drawing as public/icons/mark.svg. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#2b45c7" />
      <path d="M16 5.5a8.5 8.5 0 0 1 8.5 8.5v1h-17v-1A8.5 8.5 0 0 1 16 5.5Z" fill="#fff" />
      <path d="M7.5 17h17v2.5h-17zM5.5 21.5h21v2.5h-21z" fill="#fff" />
      <circle cx="16" cy="26.7" r="1.8" fill="#ffc94d" />
    </svg>
  )
}
