export default function CameraDialog(_: { onClose: () => void; onRead: (text: string) => void }) {
  return null;
}
