/* A library to preload: the n-th call by which a job of the workflow changes a file fails, as a full disk would make it.

   Of the programs that it is loaded into, it counts only in one that runs a script of Snakemake's, and only calls on
   files below FAULT_FOLDER: open for writing, write, rename, fsync. FAULT_AT is the number, from 1, of the call
   that fails (0: none), FAULT_ERRNO the error (0: a write writes half of what it was given). FAULT_COUNT is a file with
   how many calls there were before; at its end the program writes there how many there are now, so that the calls of
   several jobs, one after the other, count on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int counting, at, code, calls;
static char folder[PATH_MAX];

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    char line[8192] = {0};
    int file = REAL(open)("/proc/self/cmdline", O_RDONLY);
    ssize_t length = read(file, line, sizeof line - 1);
    REAL(close)(file);
    const char *where = getenv("FAULT_FOLDER");
    for (ssize_t i = 0; where && i < length; i += strlen(line + i) + 1)
        if (strstr(line + i, ".snakemake/scripts/")) counting = 1;
    if (!counting) return;
    strncpy(folder, where, sizeof folder - 1);
    at = atoi(getenv("FAULT_AT"));
    code = atoi(getenv("FAULT_ERRNO"));
    FILE *before = fopen(getenv("FAULT_COUNT"), "r");
    if (before) {
        if (fscanf(before, "%d", &calls) != 1) calls = 0;
        fclose(before);
    }
}

__attribute__((destructor)) static void end(void) {
    if (!counting) return;
    counting = 0;
    FILE *file = fopen(getenv("FAULT_COUNT"), "w");
    if (file) fprintf(file, "%d\n", calls), fclose(file);
}

/* Whether this call, on a file of that path, is the one that fails. */
static int fails(const char *path) {
    char full[PATH_MAX];
    if (!counting || !path) return 0;
    if (path[0] != '/') {
        if (!getcwd(full, sizeof full - strlen(path) - 2)) return 0;
        strcat(strcat(full, "/"), path);
        path = full;
    }
    return !strncmp(path, folder, strlen(folder)) && ++calls == at;
}

static int fails_of(int file) {
    char link[64], path[PATH_MAX] = {0};
    if (!counting) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    return readlink(link, path, sizeof path - 1) > 0 && fails(path);
}

#define OPEN(name)                                                     \
    int name(const char *path, int flags, ...) {                       \
        va_list rest;                                                  \
        va_start(rest, flags);                                         \
        mode_t mode = va_arg(rest, mode_t);                            \
        va_end(rest);                                                  \
        if ((flags & (O_WRONLY | O_RDWR)) && fails(path)) {            \
            errno = code ? code : EIO;                                 \
            return -1;                                                 \
        }                                                              \
        return REAL(name)(path, flags, mode);                          \
    }
OPEN(open)
OPEN(open64)

ssize_t write(int file, const void *from, size_t size) {
    if (!fails_of(file)) return REAL(write)(file, from, size);
    if (code) return errno = code, -1;
    return REAL(write)(file, from, size > 1 ? size / 2 : size);
}

int rename(const char *old, const char *new) {
    return fails(new) ? (errno = code ? code : EIO, -1) : REAL(rename)(old, new);
}

int fsync(int file) { return fails_of(file) ? (errno = code ? code : EIO, -1) : REAL(fsync)(file); }
