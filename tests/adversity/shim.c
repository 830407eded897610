/* Preloaded by tests: makes chosen system calls fail, vanish, tear, or kill their process.

   A rule is "CALL PART ACT SKIP": the kind of call (sync, write, link, open, send or any), a part of
   the path ("-" for every path), what happens (an error number, "drop", "half" or "kill"), and how
   many matching calls pass before. It is given by shim_arm, or stands in the file SHIM_RULE names,
   which is read again at each call so that a running server can be given another one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { GO, FAIL, DROP, HALF };

static char current[512];
static char call_[16], part_[400], act_[16];
static long skip_, seen_;

void shim_arm(const char *rule) {
    if (strcmp(rule, current) == 0) return;
    strncpy(current, rule, sizeof current - 1);
    seen_ = 0;
    skip_ = 0;
    if (sscanf(rule, "%15s %399s %15s %ld", call_, part_, act_, &skip_) < 3) call_[0] = 0;
}

long shim_seen(void) { return seen_; }

static void read_rule(void) {
    const char *path = getenv("SHIM_RULE");
    char text[512];
    long handle, size;
    if (!path || (handle = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0)) < 0) return;
    size = syscall(SYS_read, (int)handle, text, sizeof text - 1);
    syscall(SYS_close, (int)handle);
    text[size > 0 ? size : 0] = 0;
    shim_arm(text);
}

static int judge(const char *call, const char *path) {
    int before = errno;
    read_rule();
    errno = before;
    if (!call_[0] || (strcmp(call_, "any") && strcmp(call_, call))) return GO;
    if (strcmp(part_, "-") && !strstr(path, part_)) return GO;
    if (seen_++ < skip_) return GO;
    if (!strcmp(act_, "drop")) return DROP;
    if (!strcmp(act_, "half")) return HALF;
    if (!strcmp(act_, "kill")) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    errno = atoi(act_);
    return FAIL;
}

static int judge_handle(const char *call, int handle) {
    char link[32], path[4096];
    ssize_t size;
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    size = readlink(link, path, sizeof path - 1);
    path[size > 0 ? size : 0] = 0;
    errno = before;
    return judge(call, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define SYNC(name)                                       \
    int name(int handle) {                               \
        switch (judge_handle("sync", handle)) {          \
        case FAIL: return -1;                            \
        case DROP: case HALF: return 0;                  \
        default: return REAL(name)(handle);              \
        }                                                \
    }
SYNC(fsync)
SYNC(fdatasync)

ssize_t write(int handle, const void *bytes, size_t size) {
    switch (judge_handle("write", handle)) {
    case FAIL: return -1;
    case DROP: return size;
    case HALF: syscall(SYS_write, handle, bytes, size / 2); return size;
    default: return syscall(SYS_write, handle, bytes, size);
    }
}

#define PWRITE(name, offset_type)                                                          \
    ssize_t name(int handle, const void *bytes, size_t size, offset_type offset) {         \
        switch (judge_handle("write", handle)) {                                           \
        case FAIL: return -1;                                                              \
        case DROP: return size;                                                            \
        case HALF: syscall(SYS_pwrite64, handle, bytes, size / 2, offset); return size;    \
        default: return syscall(SYS_pwrite64, handle, bytes, size, offset);                \
        }                                                                                  \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int handle, const struct iovec *parts, int count) {
    switch (judge_handle("write", handle)) {
    case FAIL: return -1;
    default: return syscall(SYS_writev, handle, parts, count);
    }
}

ssize_t send(int handle, const void *bytes, size_t size, int flags) {
    switch (judge_handle("send", handle)) {
    case FAIL: return -1;
    default: return REAL(send)(handle, bytes, size, flags);
    }
}

int link(const char *from, const char *to) {
    switch (judge("link", to)) {
    case FAIL: return -1;
    case DROP: return 0;
    default: return REAL(link)(from, to);
    }
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    switch (judge("link", to)) {
    case FAIL: return -1;
    case DROP: return 0;
    default: return REAL(linkat)(a, from, b, to, flags);
    }
}

int rename(const char *from, const char *to) {
    switch (judge("link", to)) {
    case FAIL: return -1;
    case DROP: return 0;
    default: return REAL(rename)(from, to);
    }
}

int mkdir(const char *path, mode_t mode) {
    return judge("open", path) == FAIL ? -1 : REAL(mkdir)(path, mode);
}

#define OPENS(flags) ((flags) & (O_CREAT | O_WRONLY | O_RDWR))
#define MODE                                         \
    va_list rest;                                    \
    va_start(rest, flags);                           \
    mode_t mode = va_arg(rest, mode_t);              \
    va_end(rest);

#define OPEN(name)                                                              \
    int name(const char *path, int flags, ...) {                                \
        MODE                                                                    \
        if (OPENS(flags) && judge("open", path) == FAIL) return -1;             \
        return REAL(name)(path, flags, mode);                                   \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                            \
    int name(int folder, const char *path, int flags, ...) {                    \
        MODE                                                                    \
        if (OPENS(flags) && judge("open", path) == FAIL) return -1;             \
        return REAL(name)(folder, path, flags, mode);                           \
    }
OPENAT(openat)
OPENAT(openat64)
