#include <sys/mount.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "run.hpp"

// What the file system refuses: one line, status 2, nothing half-written, and never a verdict from a lost
// proof.

using namespace attest::tests;

namespace {

/// A small file system of memory at a folder, where that is allowed.
class SmallDisk {
  public:
    SmallDisk(const std::string& path, const char* options) : path_(path) {
        std::filesystem::create_directory(path);
        mounted_ = ::mount("tmpfs", path.c_str(), "tmpfs", 0, options) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }
    bool empty() const { return std::filesystem::is_empty(path_); }

  private:
    std::string path_;
    bool mounted_;
};

const std::vector<std::string> large_proof = {"prove", "zoo:dyck-2-depth-3", "--language", "dyck:2,3", "--length", "8"};

std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

TEST_CASE("a full standard output is noticed", "[cli]") {
    const std::vector<std::vector<std::string>> calls = {{"eval", "zoo:first", "--word", "1"},
                                                         {"compile", "zoo:first", "--length", "2"},
                                                         {"prove", "zoo:first", "--language", "first", "--length", "2"},
                                                         {"zoo"},
                                                         {"zoo", "export", "first"},
                                                         {"languages"},
                                                         {"languages", "--json"}};
    for (const auto& arguments : calls) {
        Setting setting;
        setting.out = "/dev/full";
        const Run result = run_attest(arguments, setting);
        CAPTURE(arguments, result.err);
        CHECK(result.status == 2);
        CHECK(result.err == "attest: standard output: cannot write: No space left on device\n");
    }
}

TEST_CASE("files that cannot be written are named, and nothing is left behind", "[cli]") {
    const Folder folder;
    folder.write("file", "x");
    std::filesystem::create_directory(folder / "folder.aag");
    std::filesystem::create_directory(folder / "other");
    folder.write("other/thing", "x");
    std::filesystem::create_symlink("/dev/full", folder / "full.aag");
    const std::vector<std::string> before = folder.listing();
    const std::vector<std::string> first = {"prove",    "zoo:first", "--language",   "first",
                                            "--length", "1..2",      "--certificate"};
    const std::vector<std::pair<std::vector<std::string>, std::string>> calls = {
        {{"compile", "zoo:first", "--length", "2", "-o", "full.aag"},
         "full.aag: cannot write: No space left on device"},
        {{"compile", "zoo:first", "--length", "2", "-o", "folder.aag"},
         "folder.aag: expected a file to write, found a directory"},
        {{"compile", "zoo:first", "--length", "2", "-o", "none/f.aag"},
         "none/f.aag: cannot write: No such file or directory"},
        {{"compile", "zoo:first", "--length", "2", "-o", "file/f.aag"}, "file/f.aag: cannot write: Not a directory"},
        {{"zoo", "export", "first", "-o", "/dev/full"}, "/dev/full: cannot write: No space left on device"},
        {{"zoo", "export", "first", "-o", "."}, ".: expected a file to write, found a directory"},
        {first + std::vector<std::string>{"file"}, "file: expected a directory to write, found a file"},
        {first + std::vector<std::string>{"file/c"}, "file/c: cannot write"},
        {first + std::vector<std::string>{"other"}, "other: expected an empty directory"},
        {first + std::vector<std::string>{"/dev/full"}, "/dev/full: expected a directory to write"},
        {first + std::vector<std::string>{"/proc/c"}, "/proc/c: cannot write"},
    };
    for (const auto& [arguments, says] : calls) {
        const Run result = run_attest(folder, arguments);
        CAPTURE(arguments, result.out, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains(says));
        CHECK(folder.listing() == before);
    }
}

TEST_CASE("nothing is left of a certificate that was not earned", "[cli]") {
    const Folder folder;
    CHECK(run_attest(folder, {"prove", "zoo:average-parity", "--language", "parity", "--length", "60", "--method",
                              "exhaustion", "--certificate", "c"})
              .status == 3);
    CHECK(folder.listing().empty());
    CHECK(run_attest(folder, {"prove", "zoo:average-parity", "--language", "parity", "--length", "60,70", "--method",
                              "exhaustion", "--certificate", "c"})
              .status == 3);
    CHECK(folder.listing().empty());
}

TEST_CASE("an older certificate is replaced, and kept where there is no new one", "[cli]") {
    const Folder folder;
    const auto prove = [&](const std::string& length) {
        return run_attest(folder, {"prove", "zoo:average-parity", "--language", "parity", "--length", length,
                                   "--method", "exhaustion", "--certificate", "c"})
            .status;
    };
    REQUIRE(prove("1..3") == 0);
    REQUIRE(prove("4") == 0);
    CHECK(run_attest(folder, {"check", "c"}).has("at length 4"));
    CHECK(folder.listing() == std::vector<std::string>{"c", "c/manifest.json", "c/model.json"});
    CHECK(prove("60") == 3);
    CHECK(run_attest(folder, {"check", "c"}).has("at length 4"));
}

TEST_CASE("a temporary place that cannot be used gives no verdict", "[cli]") {
    Setting setting;
    setting.environment["TMPDIR"] = "/proc";
    const Run result = run_attest(large_proof, setting);
    CAPTURE(result.err);
    CHECK(result.status == 2);
    CHECK(result.complains("/proc"));
}

TEST_CASE("a proof that does not fit is never a verdict", "[cli]") {
    for (const std::uint64_t bytes : {4096, 16384, 65536, 300000}) {
        const Folder folder;
        Setting setting;
        setting.folder = folder.path();
        setting.environment["TMPDIR"] = folder.path();
        setting.longest_file = bytes;
        const Run result = run_attest(large_proof, setting);
        CAPTURE(bytes, result.out, result.err);
        CHECK((result.status == 2 || result.status == 3));
        CHECK_FALSE(result.has("VERIFIED"));
        CHECK(folder.listing().empty());
    }
}

TEST_CASE("a full disk is never a verdict", "[cli]") {
    const Folder folder;
    for (const char* options : {"size=4k", "size=64k", "size=256k", "nr_inodes=2", "nr_inodes=4"}) {
        const SmallDisk disk(folder / "disk", options);
        if (!disk.mounted()) {
            WARN("skipped: this user may not mount a small file system");
            return;
        }
        for (const bool keeps : {false, true})
            for (const bool range : {false, true}) {
                std::vector<std::string> arguments = large_proof;
                if (range) arguments.back() = "7..8";
                if (keeps) arguments = arguments + std::vector<std::string>{"--certificate", folder / "disk/c"};
                Setting setting;
                if (!keeps) setting.environment["TMPDIR"] = folder / "disk";
                const Run result = run_attest(arguments, setting);
                CAPTURE(options, arguments, result.out, result.err);
                CHECK((result.status == 2 || result.status == 3));
                CHECK_FALSE(result.has("VERIFIED"));
                CHECK(disk.empty());
            }
        const Run compiled =
            run_attest({"compile", "zoo:dyck-2-depth-3", "--length", "12", "-o", folder / "disk/f.json"});
        CHECK((compiled.status == 0 || (compiled.complains("cannot write") && disk.empty())));
    }
}
