#include "base/process.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <thread>

#include "attest/base/file.hpp"

using namespace attest::base;

TEST_CASE("a program's outputs and status come back apart", "[process]") {
    const ProcessResult ran = run_process({"sh", "-c", "printf left; printf right >&2; exit 3"}, {});
    CHECK(ran.finished);
    CHECK(ran.status == 3);
    CHECK(ran.out == "left");
    CHECK(ran.err == "right");
    CHECK(ran.peak_kib > 0);
}

TEST_CASE("more output than a pipe holds is read whole from both ends", "[process]") {
    const ProcessResult ran = run_process({"sh", "-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"}, {});
    CHECK(ran.out.size() == 300000);
    CHECK(ran.err.size() == 300000);
}

TEST_CASE("arguments reach the program as they are", "[process]") {
    CHECK(run_process({"printf", "%s|", "a b", "$HOME", "*"}, {}).out == "a b|$HOME|*|");
}

TEST_CASE("a program that is not there has status 127", "[process]") {
    CHECK(run_process({"no-such-program-anywhere"}, {}).status == 127);
    CHECK(run_process({"true"}, {.directory = "/no/such/directory"}).status == 127);
    CHECK_FALSE(has_program("no-such-program-anywhere"));
    CHECK(has_program("sh"));
}

TEST_CASE("a program starts in the directory that it is given", "[process]") {
    CHECK(run_process({"pwd"}, {.directory = "/usr"}).out == "/usr\n");
}

TEST_CASE("a program that takes too long by the clock is killed with its children", "[process]") {
    const ProcessResult ran = run_process({"sh", "-c", "echo begun; sleep 100 & sleep 100"}, {.wall_seconds = 0.2});
    CHECK_FALSE(ran.finished);
    CHECK(ran.late);
    CHECK(ran.out == "begun\n");
    CHECK(ran.wall_seconds < 50);
}

TEST_CASE("a program that takes too much processor time is killed", "[process]") {
    const ProcessResult ran =
        run_process({"sh", "-c", "while :; do :; done"}, {.wall_seconds = 60, .processor_seconds = 1});
    CHECK_FALSE(ran.finished);
    CHECK(ran.late);
    CHECK(ran.processor_seconds > 0.5);
}

TEST_CASE("an interruption ends the program, and is not its lateness", "[process]") {
    std::atomic<bool> interrupted{false};
    std::thread finger([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        interrupted = true;
    });
    const ProcessResult ran = run_process({"sleep", "100"}, {.interrupted = &interrupted});
    finger.join();
    CHECK_FALSE(ran.finished);
    CHECK_FALSE(ran.late);
}

TEST_CASE("a program that is ended can take away what it had begun", "[process]") {
    const DirectoryInProgress place;
    const ProcessResult ran = run_process({"sh", "-c", "touch begun; trap 'rm begun; exit 7' TERM; sleep 100 & wait"},
                                          {.directory = place.path(), .wall_seconds = 0.5});
    CHECK(ran.late);
    CHECK_FALSE(ran.finished);  // its status says nothing
    CHECK(ran.wall_seconds < 10);
    CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("a program that does not listen is killed", "[process]") {
    const ProcessResult ran =
        run_process({"sh", "-c", "trap '' TERM; while :; do sleep 1; done"}, {.wall_seconds = 0.2});
    CHECK(ran.late);
    CHECK_FALSE(ran.finished);
    CHECK(ran.wall_seconds < 10);
}

TEST_CASE("signals that we hold back reach the programs that we run", "[process]") {
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    const ProcessResult ran = run_process({"sh", "-c", "kill -TERM $$; echo survived"}, {});
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK_FALSE(ran.finished);
    CHECK(ran.out.empty());
}

TEST_CASE("what a program says on stderr is heard as it comes, and it has a terminal to say it on", "[process]") {
    std::string heard;
    std::atomic<bool> stop{false};
    ProcessSettings settings;
    settings.interrupted = &stop;
    settings.heard = [&](std::string_view more) {
        heard += more;
        if (heard.find("now") != std::string::npos) stop = true;  // long before its end
    };
    const ProcessResult ran = run_process({"sh", "-c", "test -t 2 && echo now >&2; sleep 60"}, settings);
    CHECK_FALSE(ran.finished);
    CHECK(heard == "now\n");
    CHECK(ran.wall_seconds < 30);
    CHECK(run_process({"sh", "-c", "test -t 2"}, {}).status == 1);  // if nobody listens there is none
}
