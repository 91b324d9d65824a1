/** Placeholder until the screen stands. */
export default function AccountScreen() {
  return <h1>AccountScreen</h1>
}
