#include "base/unfinished.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "attest/base/file.hpp"

using namespace attest::base;
namespace fs = std::filesystem;

namespace {

/// Does this in a process of its own, which then takes away what is unfinished and ends.
void in_a_process(const std::function<void()>& begin) {
    const pid_t child = ::fork();
    if (child == 0) {
        begin();
        remove_unfinished();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(status == 0);
}

}  // namespace

TEST_CASE("what is unfinished is taken away, what is finished stays", "[unfinished]") {
    const DirectoryInProgress place;
    const std::string at = place.path();
    in_a_process([&] {
        write_file(at + "/finished", "1");
        auto& committed = *new DirectoryInProgress(at + "/committed", "mark", "ours");
        write_file(committed.path() + "/mark", "ours");
        committed.commit();
        auto& begun = *new DirectoryInProgress(at + "/begun", "mark", "ours");
        fs::create_directories(begun.path() + "/part");
        write_file(begun.path() + "/part/file", "2");
    });
    CHECK(fs::exists(at + "/finished"));
    CHECK(fs::exists(at + "/committed/mark"));
    CHECK(std::distance(fs::directory_iterator(at), fs::directory_iterator()) == 2);
}

TEST_CASE("an older result that was to be replaced stays whole", "[unfinished]") {
    const DirectoryInProgress place;
    const std::string path = place.path() + "/result";
    in_a_process([&] {
        DirectoryInProgress older(path, "mark", "ours");
        write_file(older.path() + "/mark", "ours: older");
        older.commit();
        auto& newer = *new DirectoryInProgress(path, "mark", "ours");
        write_file(newer.path() + "/mark", "ours: newer");
    });
    CHECK(read_file(path + "/mark") == "ours: older");
    CHECK(std::distance(fs::directory_iterator(place.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("threads that go on writing leave nothing behind", "[unfinished]") {
    const DirectoryInProgress place;
    for (int round = 0; round < 5; ++round) {
        in_a_process([&] {
            auto& begun = *new DirectoryInProgress(place.path() + "/begun", "mark", "ours");
            for (int t = 0; t < 3; ++t)
                std::thread([&begun, t] {
                    for (int k = 0;; ++k) {
                        try {
                            write_file(begun.path() + "/" + std::to_string(t) + "-" + std::to_string(k), "x");
                        } catch (const std::exception&) {
                            return;  // the directory is gone
                        }
                    }
                }).detach();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        });
        CHECK(fs::is_empty(place.path()));
    }
}
