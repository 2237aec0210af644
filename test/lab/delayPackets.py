#!/usr/bin/env python3
"""delayPackets.py QUEUE MS [JITTER-MS] - hold every packet of an nftables queue for MS milliseconds, then let it pass.
Stands in for `tc netem delay` on kernels without netem. No libraries: raw nfnetlink_queue messages."""
import heapq, os, random, select, socket, struct, sys, time
q, ms, jit = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)          # NETLINK_NETFILTER
s.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)                      # SO_RCVBUFFORCE
s.setsockopt(270, 5, 1)                                            # NETLINK_NO_ENOBUFS
s.bind((0, 0))
def attr(t, d): return struct.pack('HH', 4 + len(d), t) + d + b'\0' * (-len(d) % 4)
def msg(t, flags, res, body): return struct.pack('IHHII', 20 + len(body), 3 << 8 | t, flags, 0, 0) + struct.pack('>BBH', 0, 0, res) + body
def cfg(body): s.send(msg(2, 1, q, body))                          # NFQNL_MSG_CONFIG
cfg(attr(1, struct.pack('>BxH', 1, 0)))                            # CMD_BIND
cfg(attr(2, struct.pack('>IB', 0, 1)))                             # PARAMS: copy meta data only, no packet bytes
cfg(attr(3, struct.pack('>I', 65536)))                             # QUEUE_MAXLEN
cfg(attr(4, struct.pack('>I', 4 | 1)) + attr(5, struct.pack('>I', 4 | 1)))  # MASK/FLAGS: GSO (whole 64 KB packets) + FAIL_OPEN
print("ready", flush=True)
due, n, last = [], 0, {}
while True:
    t = time.monotonic()
    while due and due[0][0] <= t:
        _, _, pid = heapq.heappop(due)
        s.send(msg(1, 1, q, attr(2, struct.pack('>II', 1, pid))))   # VERDICT: accept
    wait = max(0, due[0][0] - t) if due else None
    if not select.select([s], [], [], wait)[0]: continue
    for _ in range(64):
        try: data = s.recv(1 << 20, socket.MSG_DONTWAIT)
        except BlockingIOError: break
        at = time.monotonic(); p = 0
        while p + 16 <= len(data):
            ln, ty = struct.unpack_from('IH', data, p)
            if ln < 16: break
            if ty == (3 << 8 | 0):                                 # NFQNL_MSG_PACKET
                a = p + 20
                while a + 4 <= p + ln:
                    al, at_ = struct.unpack_from('HH', data, a)
                    if at_ & 0x7fff == 1:                          # PACKET_HDR: id, hw protocol, hook
                        pid, _hw, hook = struct.unpack_from('>IHB', data, a + 4)
                        d = at + max(0, ms + random.uniform(-jit, jit)) / 1000
                        d = last[hook] = max(d, last.get(hook, 0))  # never reorder within a direction
                        n += 1; heapq.heappush(due, (d, n, pid))
                    a += (al + 3) & ~3 if al else 4
            p += (ln + 3) & ~3
