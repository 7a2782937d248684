/*
 * A load of RADIUS sign-ins over UDP, on loopback only: PAP with Message-Authenticator, the challenge answered with
 * a TOTP or a fixed code. Prints one line of JSON.
 *
 *   cc -O2 -o radload radload.c -lcrypto
 *   radload port=1812 secret=… users=1000 firstUser=1 seconds=10 window=256 maximumSignIns=1000 code=totp …
 *
 * Users are u1, u2, … with the passwords p1, p2, … (`prefix` is another beginning of the names); at most `window` sign-ins are under
 * way at a time. `rate` is how many begin in a second, whatever becomes of them (an open loop); with 0, or without it, the next
 * begins when one has ended. A request is lost when it was not answered for `giveUpMs` (3,000). With
 * `listsTimes=1` the result holds how long sign-ins took: steps of 10 microseconds, and how many took so long. `code` is one of
 *   totp          a key for each user: SHA-1 of "totp:" and the name; 6 digits, 30 s. The codes are of the time steps before,
 *                 of and after now, in this order, so that a server which takes no code twice can be asked three times in 30 s
 *   totp-shared   one key for all, SHA-1 of "totp:shared", and the present step
 *   123456        the code itself
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SOCKETS_AT_MOST = 512, IDS = 256, PACKET = 1024, HISTOGRAM = 8000000 };
enum { ACCESS_REQUEST = 1, ACCESS_ACCEPT = 2, ACCESS_REJECT = 3, ACCESS_CHALLENGE = 11 };

struct slot {
  uint64_t sent_ns, first_ns;
  unsigned char authenticator[16];
  int busy, answers_challenge, user;
};

struct outlet {
  int fd;
  struct slot slots[IDS];
  unsigned char free_ids[IDS];
  int free_count;
};

static struct outlet *outlets;
static int sockets = 16;
static const char *secret = "", *code_text = "totp", *prefix = "u";
static int secret_length, users = 1, first_user = 1, give_up_ms = 3000;
static unsigned char *uses; /* of each user's codes */
static unsigned sign_in_us[HISTOGRAM], reply_us[HISTOGRAM]; /* in steps of 10 microseconds */
static uint64_t last_reply_ns; /* losses at the end must not count as time that the server took */
static uint64_t slowest_ns, sent, accepts, rejects, challenges, lost, bad, under_way;

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void note(unsigned *histogram, uint64_t ns) {
  uint64_t at = ns / 10000;
  histogram[at < HISTOGRAM ? at : HISTOGRAM - 1]++;
}

static double percentile_ms(const unsigned *histogram, double fraction) {
  uint64_t all = 0, seen = 0;
  for (int i = 0; i < HISTOGRAM; i++) all += histogram[i];
  for (int i = 0; i < HISTOGRAM; i++) {
    seen += histogram[i];
    if (all && seen >= fraction * all) return i / 100.0;
  }
  return 0;
}

static void digest(const unsigned char *data, int length, unsigned char *out) {
  EVP_Digest(data, length, out, NULL, EVP_md5(), NULL);
}

/* RFC 6238, SHA-1, 6 digits. */
static void totp(const char *owner, int64_t step, char *out) {
  unsigned char key[20], counter[8], mac[20];
  char seed[80];
  unsigned length = sizeof mac;
  int seed_length = snprintf(seed, sizeof seed, "totp:%s", owner);
  SHA1((unsigned char *)seed, seed_length, key);
  for (int i = 7; i >= 0; i--, step >>= 8) counter[i] = step & 255;
  HMAC(EVP_sha1(), key, sizeof key, counter, sizeof counter, mac, &length);
  int at = mac[19] & 15;
  unsigned value = (mac[at] & 127u) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
  sprintf(out, "%06u", value % 1000000);
}

/* The time step before the present one, as it will be when the server looks: a code on its way must not grow too old. */
static int64_t step_before(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return ((int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 300) / 30000 - 1;
}

static int add(unsigned char *packet, int at, int type, const void *value, int length) {
  packet[at] = type;
  packet[at + 1] = length + 2;
  memcpy(packet + at + 2, value, length);
  return at + length + 2;
}

/* RFC 2865 section 5.2. */
static int add_password(unsigned char *packet, int at, const char *text) {
  unsigned char hidden[128] = {0}, block[144], key[16];
  int length = strlen(text), padded = length ? (length + 15) / 16 * 16 : 16;
  memcpy(hidden, text, length);
  const unsigned char *previous = packet + 4;
  for (int i = 0; i < padded; i += 16) {
    memcpy(block, secret, secret_length);
    memcpy(block + secret_length, previous, 16);
    digest(block, secret_length + 16, key);
    for (int j = 0; j < 16; j++) hidden[i + j] ^= key[j];
    previous = hidden + i;
  }
  return add(packet, at, 2, hidden, padded);
}

/* Sends the first request of a sign-in, or the answer to a challenge. */
static void request(struct outlet *outlet, int user, const unsigned char *state, int state_length, uint64_t first_ns) {
  unsigned char packet[PACKET] = {0}, mac[16];
  static uint64_t seed = 88172645463325252u;
  char name[40], text[40];
  unsigned length;
  int id = outlet->free_ids[--outlet->free_count], at = 20;
  struct slot *slot = &outlet->slots[id];

  packet[0] = ACCESS_REQUEST;
  packet[1] = id;
  for (int i = 4; i < 20; i += 8) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    memcpy(packet + i, &seed, 8);
  }
  memcpy(slot->authenticator, packet + 4, 16);
  snprintf(name, sizeof name, "%s%d", prefix, user);
  if (!state) snprintf(text, sizeof text, "p%d", user);
  else if (!strcmp(code_text, "totp")) totp(name, step_before() + uses[user - first_user]++, text);
  else if (!strcmp(code_text, "totp-shared")) totp("shared", (int64_t)time(NULL) / 30, text);
  else snprintf(text, sizeof text, "%s", code_text);

  at = add(packet, at, 1, name, strlen(name));
  at = add_password(packet, at, text);
  at = add(packet, at, 4, "\x7f\0\0\1", 4);
  at = add(packet, at, 31, "198.51.100.7", 12);
  if (state) at = add(packet, at, 24, state, state_length);
  int authenticator_at = at + 2;
  at = add(packet, at, 80, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
  packet[2] = at >> 8;
  packet[3] = at;
  HMAC(EVP_md5(), secret, secret_length, packet, at, mac, &length);
  memcpy(packet + authenticator_at, mac, 16);

  slot->busy = 1;
  slot->answers_challenge = state != NULL;
  slot->user = user;
  slot->sent_ns = now_ns();
  slot->first_ns = first_ns ? first_ns : slot->sent_ns;
  while (send(outlet->fd, packet, at, 0) < 0 && (errno == EAGAIN || errno == ENOBUFS || errno == ECONNREFUSED)) continue;
  sent++;
}

static int is_genuine(const unsigned char *packet, int length, const struct slot *slot) {
  unsigned char whole[PACKET + 128], expected[16];
  memcpy(whole, packet, length);
  memcpy(whole + 4, slot->authenticator, 16);
  memcpy(whole + length, secret, secret_length);
  digest(whole, length + secret_length, expected);
  return memcmp(expected, packet + 4, 16) == 0;
}

static void release(struct outlet *outlet, int id) {
  outlet->slots[id].busy = 0;
  outlet->free_ids[outlet->free_count++] = id;
}

static void receive(struct outlet *outlet) {
  unsigned char packet[PACKET];
  ssize_t got;
  while ((got = recv(outlet->fd, packet, sizeof packet, MSG_DONTWAIT)) >= 20) {
    int id = packet[1], length = packet[2] << 8 | packet[3];
    struct slot *slot = &outlet->slots[id];
    if (!slot->busy || length > got || !is_genuine(packet, length, slot)) {
      bad++;
      continue;
    }
    uint64_t now = now_ns();
    note(reply_us, now - slot->sent_ns);
    if (now - slot->sent_ns > slowest_ns) slowest_ns = now - slot->sent_ns;
    last_reply_ns = now;
    if (packet[0] == ACCESS_CHALLENGE && !slot->answers_challenge) {
      challenges++;
      for (int at = 20; at + 2 <= length && packet[at + 1] >= 2; at += packet[at + 1]) {
        if (packet[at] != 24) continue;
        struct slot answered = *slot;
        release(outlet, id);
        request(outlet, answered.user, packet + at + 2, packet[at + 1] - 2, answered.first_ns);
        break;
      }
      continue;
    }
    if (packet[0] == ACCESS_ACCEPT) accepts++, note(sign_in_us, now - slot->first_ns);
    else rejects++;
    release(outlet, id);
    under_way--;
  }
}

static void give_up(void) {
  uint64_t now = now_ns();
  for (int i = 0; i < sockets; i++)
    for (int id = 0; id < IDS; id++)
      if (outlets[i].slots[id].busy && now - outlets[i].slots[id].sent_ns > give_up_ms * 1000000ull) {
        lost++;
        under_way--;
        release(&outlets[i], id);
      }
}

/* `name=value` among the arguments, or what stands in its place. */
static const char *argument(int count, char **arguments, const char *name, const char *otherwise) {
  size_t length = strlen(name);
  for (int i = 1; i < count; i++)
    if (!strncmp(arguments[i], name, length) && arguments[i][length] == '=') return arguments[i] + length + 1;
  return otherwise;
}

int main(int count, char **arguments) {
  const int port = atoi(argument(count, arguments, "port", "0"));
  const int seconds = atoi(argument(count, arguments, "seconds", "0")), window = atoi(argument(count, arguments, "window", "0"));
  const uint64_t maximum = strtoull(argument(count, arguments, "maximumSignIns", "0"), NULL, 10);
  const int lists_times = atoi(argument(count, arguments, "listsTimes", "0"));
  const double rate = atof(argument(count, arguments, "rate", "0"));
  uint64_t started = 0;
  int next = 0;
  secret = argument(count, arguments, "secret", "");
  secret_length = strlen(secret);
  code_text = argument(count, arguments, "code", code_text);
  prefix = argument(count, arguments, "prefix", prefix);
  users = atoi(argument(count, arguments, "users", "1"));
  first_user = atoi(argument(count, arguments, "firstUser", "1"));
  give_up_ms = atoi(argument(count, arguments, "giveUpMs", "3000"));
  if (port < 1 || secret_length < 1 || secret_length > 100 || users < 1 || seconds < 1 || seconds > 120 || window < 1) return 2;
  if (strlen(prefix) > 8) return 2;
  while (window > sockets * 200) sockets++;
  if (sockets > SOCKETS_AT_MOST) return 2;
  outlets = calloc(sockets, sizeof *outlets);
  uses = calloc(users, 1);

  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int events = epoll_create1(0), buffer = 4 << 20;
  for (int i = 0; i < sockets; i++) {
    struct outlet *outlet = &outlets[i];
    outlet->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    setsockopt(outlet->fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    if (connect(outlet->fd, (struct sockaddr *)&server, sizeof server)) return 1;
    for (int id = 0; id < IDS; id++) outlet->free_ids[outlet->free_count++] = id;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(events, EPOLL_CTL_ADD, outlet->fd, &event);
  }

  uint64_t begin = now_ns(), end = begin + (uint64_t)seconds * 1000000000u, scanned = begin;
  for (;;) {
    uint64_t now = now_ns();
    int stop = now >= end || started >= maximum;
    if (stop && under_way == 0) break;
    uint64_t due = rate > 0 ? (uint64_t)((now - begin) / 1e9 * rate) : maximum;
    for (int tries = 0; !stop && under_way < (uint64_t)window && started < due && tries < sockets;
         next = (next + 1) % sockets, tries++) {
      if (outlets[next].free_count < 2) continue;
      request(&outlets[next], first_user + started % users, NULL, 0, 0);
      under_way++;
      if (++started >= maximum) break;
    }
    struct epoll_event ready[SOCKETS_AT_MOST];
    int n = epoll_wait(events, ready, SOCKETS_AT_MOST, 1);
    for (int i = 0; i < n; i++) receive(&outlets[ready[i].data.u32]);
    if (now - scanned > 100000000u) {
      scanned = now;
      give_up();
    }
  }

  double elapsed = (last_reply_ns > begin ? last_reply_ns - begin : 1) / 1e9;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  printf("{\"signInTimes\":[");
  for (int i = 0, first = 1; lists_times && i < HISTOGRAM; i++)
    if (sign_in_us[i]) printf(first ? "[%d,%u]" : ",[%d,%u]", i, sign_in_us[i]), first = 0;
  printf("],\"signInsPerSecond\":%.1f,\"accepts\":%lu,\"rejects\":%lu,\"challenges\":%lu,\"requests\":%lu,\"lost\":%lu,\"bad\":%lu,"
         "\"seconds\":%.2f,\"signInP50Ms\":%.2f,\"signInP99Ms\":%.2f,\"replyP50Ms\":%.2f,\"replyP99Ms\":%.2f,\"slowestReplyMs\":%.2f,\"generatorCpu\":%.2f}\n",
         accepts / elapsed, accepts, rejects, challenges, sent, lost, bad, elapsed, percentile_ms(sign_in_us, .5),
         percentile_ms(sign_in_us, .99), percentile_ms(reply_us, .5), percentile_ms(reply_us, .99), slowest_ns / 1e6, cpu / elapsed);
  return 0;
}
