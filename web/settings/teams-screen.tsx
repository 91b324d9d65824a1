/** Placeholder until the screen stands. */
export default function TeamsScreen() {
  return <h1>TeamsScreen</h1>
}
