/** Placeholder until the screen stands. */
export default function InviteScreen() {
  return <h1>InviteScreen</h1>
}
