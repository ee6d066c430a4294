/** How the canvas moves to a place: quickly enough not to be waited for, and at once for who asked the system for less motion. `duration` in milliseconds. */
export function glide(): { duration: number } {
  return { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150 };
}
