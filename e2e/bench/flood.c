/*
 * A flood of datagrams that deserve no answer, on loopback only, at a steady rate: half of them malformed, from the address of a
 * client; half well-formed Access-Requests from addresses that no client has. Prints one line of JSON.
 *
 *   cc -O2 -o flood flood.c
 *   flood PORT PACKETS-A-SECOND SECONDS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STRANGERS = 64, BATCH = 25, PACKET = 64 };

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t random_bits(void) {
  static uint64_t seed = 88172645463325252u;
  return seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
}

/* 127.0.0.1 is a client; 127.1.0.x are strangers. */
static int outlet(uint32_t source, int port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(source)};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(fd, (struct sockaddr *)&from, sizeof from) || connect(fd, (struct sockaddr *)&to, sizeof to)) exit(1);
  return fd;
}

/* An Access-Request with a User-Name and a User-Password; `broken` is a way of being malformed, 0 for none. */
static int fill(unsigned char *packet, int broken) {
  uint64_t bits[3] = {random_bits(), random_bits(), random_bits()};
  memset(packet, 0, PACKET);
  packet[0] = 1;
  packet[1] = bits[0];
  packet[3] = 45;
  memcpy(packet + 4, bits, 16);
  memcpy(packet + 20, "\1\7alice\2\22", 9);
  memcpy(packet + 29, bits + 1, 16);
  switch (broken) {
    case 1: packet[3] = 200; break; /* longer than the datagram */
    case 2: packet[21] = 1; break;  /* an attribute shorter than its header */
    case 3: packet[28] = 60; break; /* an attribute beyond the packet */
    case 4: packet[0] = 77; break;  /* no code at all */
    case 5: return 12;              /* no header */
  }
  return 45;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int port = atoi(arguments[1]), rate = atoi(arguments[2]), seconds = atoi(arguments[3]);
  if (rate < 1 || rate > 500000 || seconds < 1 || seconds > 120) return 2;
  int client = outlet(INADDR_LOOPBACK, port), strangers[STRANGERS];
  for (int i = 0; i < STRANGERS; i++) strangers[i] = outlet(0x7f010001 + i, port);

  unsigned char packets[BATCH][PACKET];
  struct iovec parts[BATCH];
  struct mmsghdr messages[BATCH];
  uint64_t begin = now_ns(), end = begin + (uint64_t)seconds * 1000000000u, sent = 0, batches = 0;
  for (uint64_t now = begin; now < end; now = now_ns()) {
    if (sent >= (now - begin) / 1e9 * rate) {
      struct timespec rest = {.tv_nsec = 200000};
      nanosleep(&rest, NULL);
      continue;
    }
    int malformed = batches % 2, fd = malformed ? client : strangers[batches / 2 % STRANGERS];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){packets[i], fill(packets[i], malformed ? 1 + i % 5 : 0)};
      messages[i].msg_hdr.msg_iov = &parts[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
    int done = sendmmsg(fd, messages, BATCH, 0);
    if (done > 0) sent += done;
    batches++;
  }
  printf("{\"sent\":%lu,\"seconds\":%.2f}\n", sent, (now_ns() - begin) / 1e9);
  return 0;
}
