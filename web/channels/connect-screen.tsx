/** Placeholder until the screen stands. */
export default function ConnectScreen() {
  return <h1>ConnectScreen</h1>
}
