/** Placeholder until the screen stands. */
export default function ChannelScreen() {
  return <h1>ChannelScreen</h1>
}
