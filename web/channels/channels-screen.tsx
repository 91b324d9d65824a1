/** Placeholder until the screen stands. */
export default function ChannelsScreen() {
  return <h1>ChannelsScreen</h1>
}
