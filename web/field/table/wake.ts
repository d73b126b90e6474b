// The screen stays on while somebody samples: a lock asked for again whenever the page comes back.

export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let over = false
  const ask = () => {
    if (over || document.hidden || !('wakeLock' in navigator)) return
    navigator.wakeLock.request('screen').then((got) => {
      if (over) void got.release()
      else lock = got
    }, () => undefined)
  }
  document.addEventListener('visibilitychange', ask)
  ask()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', ask)
    void lock?.release()
  }
}
