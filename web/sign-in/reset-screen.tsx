/** Placeholder until the screen stands. */
export default function ResetScreen() {
  return <h1>ResetScreen</h1>
}
