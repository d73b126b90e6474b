/** Names of the outline icons in the sprite. Add a name, and `<Icon Name="…" />` can draw it. */
export const iconNames = [
  'activity', 'adjustments', 'alert-circle', 'alert-triangle', 'ambulance', 'archive', 'arrow-back-up', 'arrow-down', 'arrow-left', 'arrow-right', 'arrow-up',
  'baby-carriage', 'ban', 'bed', 'bell', 'building', 'building-community', 'calendar', 'calendar-event', 'camera', 'certificate', 'chart-bar', 'chart-line', 'check',
  'checklist', 'checks', 'chevron-down', 'chevron-left', 'chevron-right', 'chevron-up', 'circle-check', 'circle-x', 'clipboard-check', 'clipboard-list', 'clock', 'cloud-check', 'cloud-off', 'cloud-up',
  'columns-3', 'contrast', 'copy', 'database', 'device-mobile', 'door', 'dots', 'download', 'droplet', 'edit', 'external-link', 'eye', 'eye-off', 'file-export', 'file-import',
  'file-spreadsheet', 'file-text', 'filter', 'flag', 'folder', 'git-merge', 'grid-dots', 'hand-stop', 'heart-handshake', 'heartbeat', 'help-circle', 'history', 'home',
  'home-off', 'hourglass', 'id', 'inbox', 'info-circle', 'key', 'language', 'layout-dashboard', 'license', 'link', 'list', 'list-check', 'list-details', 'loader-2', 'lock', 'lock-open', 'login', 'logout',
  'mail', 'map-2', 'map-pin', 'medical-cross', 'menu-2', 'message', 'message-report', 'minus', 'moon', 'note', 'package', 'phone', 'phone-off', 'pill', 'player-play', 'plus',
  'printer', 'qrcode', 'question-mark', 'refresh', 'report', 'rotate', 'route', 'scale', 'search', 'selector', 'send', 'settings', 'share', 'shield', 'shield-check', 'shield-lock', 'sitemap',
  'sort-ascending', 'sort-descending', 'star', 'stethoscope', 'sun', 'switch-horizontal', 'tag', 'target', 'temperature', 'test-pipe', 'thermometer', 'tools', 'trash', 'truck-delivery',
  'upload', 'user', 'user-check', 'user-circle', 'user-edit', 'user-off', 'user-plus', 'user-question', 'user-x', 'users', 'users-group', 'vaccine', 'wheelchair', 'world', 'x', 'zoom-exclamation',
]
