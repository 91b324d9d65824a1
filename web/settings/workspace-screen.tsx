/** Placeholder until the screen stands. */
export default function WorkspaceScreen() {
  return <h1>WorkspaceScreen</h1>
}
