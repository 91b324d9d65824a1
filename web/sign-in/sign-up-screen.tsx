/** Placeholder until the screen stands. */
export default function SignUpScreen() {
  return <h1>SignUpScreen</h1>
}
