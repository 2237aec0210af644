/**
 * Says `restartRequired 0|1`. `after`, when set, is a file: an older request of the system is not this
 * installation's. /run/reboot-required is Debian's, needs-restarting Red Hat's (exit 1: needed).
 */
export const restartRequiredShell = `
required=0
mark=\${HAIFU_RUN_DIR:-/run}/reboot-required
if [ -e "$mark" ] && { [ -z "\${after:-}" ] || [ ! "$mark" -ot "$after" ]; }; then required=1; fi
if [ $required = 0 ] && command -v needs-restarting >/dev/null 2>&1; then
  needs-restarting -r </dev/null >/dev/null 2>&1; [ $? = 1 ] && required=1
fi
say restartRequired $required
boot_id
tell boot "$boot"
`;
