/** Placeholder until the screen stands. */
export default function SignInScreen() {
  return <h1>SignInScreen</h1>
}
