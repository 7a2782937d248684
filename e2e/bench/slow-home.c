/*
 * A RADIUS server on loopback that lets everybody in: users u… at once, users s… after some seconds. It answers genuinely, so that
 * a proxy in front of it has as much to do as with any other. Runs until it is told to end.
 *
 *   cc -O2 -o slow-home slow-home.c -lcrypto
 *   slow-home PORT SECRET SECONDS
 */
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { KEPT = 1 << 17, PACKET = 4096, PROXY_STATE = 33, MESSAGE_AUTHENTICATOR = 80, STATUS_SERVER = 12, ACCESS_ACCEPT = 2 };

struct answer {
  uint64_t due_ms;
  struct sockaddr_in to;
  unsigned char bytes[128];
  int length;
};

static struct answer *kept;
static unsigned first, last;
static const char *secret;

static uint64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* An Access-Accept: Message-Authenticator first, then the Proxy-States as they came. */
static int answer(const unsigned char *request, int length, unsigned char *out) {
  unsigned char whole[256], mac[16];
  unsigned mac_length;
  int at = 38, secret_length = strlen(secret);
  memset(out, 0, 128);
  out[0] = ACCESS_ACCEPT;
  out[1] = request[1];
  memcpy(out + 4, request + 4, 16);
  out[20] = MESSAGE_AUTHENTICATOR;
  out[21] = 18;
  for (int i = 20; i + 2 <= length && request[i + 1] >= 2 && i + request[i + 1] <= length; i += request[i + 1]) {
    if (request[i] != PROXY_STATE || at + request[i + 1] > 128) continue;
    memcpy(out + at, request + i, request[i + 1]);
    at += request[i + 1];
  }
  out[3] = at;
  HMAC(EVP_md5(), secret, secret_length, out, at, mac, &mac_length);
  memcpy(out + 22, mac, 16);
  memcpy(whole, out, at);
  memcpy(whole + at, secret, secret_length);
  EVP_Digest(whole, at + secret_length, mac, NULL, EVP_md5(), NULL);
  memcpy(out + 4, mac, 16);
  return at;
}

static int is_slow(const unsigned char *request, int length) {
  for (int i = 20; i + 2 < length && request[i + 1] > 2 && i + request[i + 1] <= length; i += request[i + 1])
    if (request[i] == 1) return request[i + 2] == 's';
  return 0;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  secret = arguments[2];
  const uint64_t delay_ms = strtoull(arguments[3], NULL, 10) * 1000;
  if (strlen(secret) > 100) return 2;
  kept = calloc(KEPT, sizeof *kept);
  int fd = socket(AF_INET, SOCK_DGRAM, 0), buffer = 4 << 20;
  struct timeval patience = {.tv_usec = 5000};
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (bind(fd, (struct sockaddr *)&here, sizeof here)) return 1;
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    unsigned char request[PACKET];
    struct answer one = {0};
    socklen_t size = sizeof one.to;
    ssize_t got = recvfrom(fd, request, sizeof request, 0, (struct sockaddr *)&one.to, &size);
    if (got >= 20) {
      one.length = answer(request, got, one.bytes);
      one.due_ms = now_ms() + delay_ms;
      if (request[0] == STATUS_SERVER || !is_slow(request, got)) sendto(fd, one.bytes, one.length, 0, (struct sockaddr *)&one.to, size);
      else if (last - first < KEPT) kept[last++ % KEPT] = one;
    }
    for (uint64_t now = now_ms(); first != last && kept[first % KEPT].due_ms <= now; first++)
      sendto(fd, kept[first % KEPT].bytes, kept[first % KEPT].length, 0, (struct sockaddr *)&kept[first % KEPT].to, sizeof one.to);
  }
}
