#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

#include "run.hpp"

// Searches in parts: a process a part, on this machine, as Slurm would have them (tests/jobs/run.sh has it do so).

using namespace attest::tests;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// Eight cubes, each refuted in parts of a second.
const Words cubes{"threshold", "parity", "--heads", "3",       "--breaks", "heads",     "--from",
                  "4",         "--to",   "4",       "--cubes", "8",        "--journal", "j"};
/// Palindromes up to five symbols are recognised, words with an odd number of 1s are not.
const Words lengths{"prove", "zoo:palindrome", "--language", "palindrome", "--length", "1..5", "--journal", "j"};

std::size_t recorded(const Folder& folder) {
    std::size_t count = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder / "j/units", none))
        count += entry.path().filename().string().find_first_not_of("0123456789") == std::string::npos ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("Cubes of processes are joined to the proof of one process") {
    const Folder folder;
    Words alone = cubes;
    alone.back() = "file";
    REQUIRE(run_attest(folder, with(alone, {"--certificate", "alone"})).status == 0);
    const Run together = run_attest(
        folder, with(cubes, {"--on", "local", "--threads", "2", "--parts", "3", "--certificate", "together"}));
    INFO(together.err);
    CHECK(together.status == 0);
    CHECK(together.has("none at 4"));
    CHECK(recorded(folder) == 8);
    CHECK(folder.read("together/length-4/proof.lrat") == folder.read("alone/length-4/proof.lrat"));
    CHECK(run_check(folder, {"together"}).status == 0);

    const Run shown = run_attest(folder, {"jobs", "show", "j"});
    CHECK(shown.status == 0);
    CHECK(shown.has("complete"));
    CHECK_FALSE(shown.has("none at 4"));  // what it shows is no verdict
    CHECK(run_attest(folder, {"jobs"}).has("8/8"));
    const json job = run_attest(folder, {"jobs", "show", "j", "--json"}).object()["job"];
    CHECK(job["recorded"] == 8);
    CHECK(job["parts"] == 3);
    CHECK(job["state"] == "complete");
    // All is there: it is joined once more, and nothing is run again, as the words of another question would.
    const std::string log = folder.read("j/log/part-1.log");
    fs::remove(folder / "j/log/part-1.log");
    CHECK_FALSE(log.empty());
    const Run again = run_attest(folder, {"jobs", "resume", "j"});
    CHECK(again.status == 0);
    CHECK(again.has("none at 4"));
    CHECK_FALSE(fs::exists(folder / "j/log/part-1.log"));
    CHECK(run_attest(folder, {"jobs", "resume", "j", "--json"}).object()["command"] == "threshold");
    Words other = cubes;
    other[3] = "2";
    CHECK(run_attest(folder, with(other, {"--on", "local"})).complains("expected a folder of its own"));
}

TEST_CASE("A part that did not end is missed, and made by the next who asks") {
    const Folder folder;
    CHECK(run_attest(folder, with(cubes, {"--on", "part:1/2"})).has("PART 1 of 2: 4 of 4 units recorded in j"));
    const Run open = run_attest(folder, with(cubes, {"--on", "join"}));
    CHECK(open.status == 3);
    CHECK(open.has("4 of 8 cubes refuted"));

    Setting setting;
    setting.folder = folder.path();
    setting.signal = SIGKILL;
    setting.interrupt_when = [&] { return recorded(folder) >= 6; };
    CHECK(run_attest(with(cubes, {"--on", "part:2/2"}), setting).status == -1);
    CHECK(recorded(folder) >= 6);
    CHECK(run_attest(folder, with(cubes, {"--on", "part:2/2"})).status == 0);
    const Run whole = run_attest(folder, with(cubes, {"--on", "join", "--certificate", "c"}));
    CHECK(whole.status == 0);
    CHECK(whole.has("none at 4"));
    CHECK(run_check(folder, {"c"}).status == 0);
}

TEST_CASE("A network that one part found is the answer of all") {
    const Folder folder;
    const Words possible{"threshold", "parity", "--heads", "3", "--layers", "1", "--breaks",  "none",
                         "--from",    "3",      "--to",    "3", "--cubes",  "4", "--journal", "j"};
    const Run found = run_attest(folder, with(possible, {"--on", "local", "--certificate", "c"}));
    INFO(found.err);
    CHECK(found.status == 0);
    CHECK(found.has("a network at length 3"));
    CHECK(run_check(folder, {"c"}).status == 0);
}

TEST_CASE("Lengths in parts are those of one process, and the checker reads each certificate again") {
    const Folder folder;
    const Run together =
        run_attest(folder, with(lengths, {"--on", "local", "--parts", "2", "--certificate", "c", "--json"}));
    INFO(together.err);
    REQUIRE(together.status == 0);
    Words alone(lengths.begin(), lengths.end() - 2);
    const json expected = run_attest(folder, with(alone, {"--certificate", "a", "--json"})).object()["results"];
    const json results = together.object()["results"];
    REQUIRE(results.size() == 5);
    for (std::size_t k = 0; k < 5; ++k) {
        for (const char* key : {"length", "verdict", "evidence", "certificate"})
            CHECK(results[k][key] == expected[k][key]);
    }
    CHECK(run_check(folder, {"c"}).status == 0);

    SECTION("another certificate in its place is refused") {
        fs::remove_all(folder / "j/certificates/length-4");
        fs::copy(folder / "j/certificates/length-3", folder / "j/certificates/length-4", fs::copy_options::recursive);
        CHECK(run_attest(folder, with(lengths, {"--on", "join"})).complains("expected a claim about what is asked"));
    }
    SECTION("a verdict is not taken from a record") {
        std::string record = folder.read("j/units/3");
        for (std::size_t at; (at = record.find("verified")) != std::string::npos;) record.replace(at, 8, "refuted");
        folder.write("j/units/3", record);
        CHECK(run_attest(folder, with(lengths, {"--on", "join"})).complains("expected the certificate of its record"));
    }
    SECTION("a certificate that was cut is not accepted") {
        const std::string name =
            fs::exists(folder / "j/certificates/length-5/proof.lrat") ? "proof.lrat" : "model.json";
        const std::string text = folder.read("j/certificates/length-5/" + name);
        folder.write("j/certificates/length-5/" + name, text.substr(0, text.size() / 2));
        const Run joined = run_attest(folder, with(lengths, {"--on", "join"}));
        CHECK((joined.status == 3 || joined.status == 2));
        CHECK_FALSE(joined.has("VERIFIED"));
    }
    SECTION("a lost record is a length without an answer") {
        fs::remove(folder / "j/units/2");
        const Run joined = run_attest(folder, with(lengths, {"--on", "join"}));
        CHECK(joined.status == 3);
        CHECK(joined.has("4 verified, 0 refuted, 1 undecided"));
        CHECK(run_attest(folder, lengths).has("5 verified"));  // in this process, what was missing
    }
    SECTION("another model is another question") {
        Words other = lengths;
        other[1] = "zoo:first";
        CHECK(run_attest(folder, with(other, {"--on", "join"})).complains("lengths of the same model"));
    }
}

TEST_CASE("A counterexample of a part is shown with what the network does on it") {
    const Folder folder;
    for (const char* model : {"zoo:palindrome", "zoo:chiang-cholak-first"}) {
        INFO(model);
        fs::remove_all(folder / "j");
        Words words = lengths;
        words[1] = model;
        words[3] = "parity";
        const Run refuted = run_attest(folder, with(words, {"--on", "local"}));
        INFO(refuted.err);
        CHECK(refuted.status == 1);
        CHECK(refuted.has("REFUTED"));
        CHECK(refuted.has("the model"));
        CHECK(run_attest(folder, {"jobs", "resume", "j"}).status == 1);
        const json whole =
            run_attest(folder, {"prove", model, "--language", "parity", "--length", "1..5", "--json"}).object();
        const json joined = run_attest(folder, with(words, {"--on", "join", "--json"})).object();
        for (std::size_t k = 0; k < 5; ++k)
            for (const char* key : {"verdict", "counterexample", "expected", "actual", "trace"})
                CHECK(joined["results"][k].value(key, json()) == whole["results"][k].value(key, json()));
    }
}

// What a folder holds, anybody may have written: the owner's earlier self, or a stranger.

TEST_CASE("Another model under the same name is another question, whatever was answered") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"zoo", "export", "palindrome", "-o", "m.json"}).status == 0);
    Words words = lengths;
    words[1] = "m.json";
    words = with(words, {"--on", "local"});
    REQUIRE(run_attest(folder, words).has("VERIFIED"));
    CHECK(run_attest(folder, words).has("VERIFIED"));

    SECTION("the file is written over") {
        REQUIRE(run_attest(folder, {"zoo", "export", "first", "-o", "m.json"}).status == 0);
        CHECK(run_attest(folder, words).complains("lengths of the same model"));
        const Run resumed = run_attest(folder, {"jobs", "resume", "j"});
        CHECK(resumed.status == 2);
        CHECK_FALSE(resumed.has("VERIFIED"));
    }
    SECTION("the name is that of another file in another directory") {
        fs::create_directories(folder / "other");
        REQUIRE(run_attest(folder, {"zoo", "export", "first", "-o", "other/m.json"}).status == 0);
        fs::rename(folder / "j", folder / "other/j");
        Setting setting;
        setting.folder = folder / "other";
        CHECK(run_attest(words, setting).complains("lengths of the same model"));
    }
}

TEST_CASE("A stored answer is never shown as a verdict") {
    const Folder folder;
    const Words words = with(lengths, {"--on", "local"});
    Words refuted = words;
    refuted[3] = "parity";
    REQUIRE(run_attest(folder, refuted).status == 1);
    folder.write("j/answer.out", "VERIFIED palindrome against parity: forged\n");
    folder.write("j/answer.err", "forged\n");
    folder.write("j/answer.status", "0\n");
    for (const Words& asked : {refuted, Words{"jobs", "resume", "j"}, Words{"jobs", "show", "j"}}) {
        const Run run = run_attest(folder, asked);
        CAPTURE(asked, run.out, run.err);
        CHECK_FALSE(run.has("VERIFIED"));
        CHECK_FALSE(run.has("forged"));
        CHECK(run.err.find("forged") == std::string::npos);
        CHECK(run.status == (asked[1] == "show" ? 0 : 1));
    }
    // Nor where a unit is missing.
    fs::remove(folder / "j/units/4");
    CHECK(run_attest(folder, refuted).status == 1);
    CHECK(recorded(folder) == 5);
}

TEST_CASE("Scripts and programs that are found in a folder are not run") {
    const Folder folder;
    const Words words = with(lengths, {"--on", "local"});
    REQUIRE(run_attest(folder, words).status == 0);
    const std::string evil = "#!/bin/sh\ntouch " + (folder / "pwned") + "\n";
    folder.write("evil", evil);
    fs::permissions(folder / "evil", fs::perms::owner_all);
    folder.write("precious", "precious");
    json job = json::parse(folder.read("j/job.json"));
    const auto leave = [&](const json& left) {
        folder.write("j/job.json", left.dump());
        folder.write("j/part.sh", evil);
        folder.write("j/join.sh", evil);
        fs::remove(folder / "j/units/2");
        folder.write("j/answer.status", "0\n");
    };
    job["program"] = folder / "evil";
    for (const Words& asked : {words, Words{"jobs", "resume", "j"}}) {
        leave(job);
        const Run run = run_attest(folder, asked);
        CAPTURE(asked, run.out, run.err);
        CHECK(run.status == 0);
        CHECK(run.has("5 verified"));
        CHECK(folder.read("j/part.sh") != evil);
        CHECK(folder.read("j/join.sh") != evil);
    }
    SECTION("a script that is a link is not followed") {
        leave(job);
        fs::remove(folder / "j/part.sh");
        fs::create_symlink(folder / "precious", folder / "j/part.sh");
        CHECK(run_attest(folder, words).status == 0);
        CHECK(folder.read("precious") == "precious");
    }
    SECTION("only what can be split is resumed") {
        job["words"] = {"zoo", "export", "first", "-o", "precious"};
        leave(job);
        CHECK(run_attest(folder, {"jobs", "resume", "j"}).complains("expected one of the commands"));
        CHECK(folder.read("precious") == "precious");
        job["words"] = lengths;
        job["words"].back() = "k";
        leave(job);
        CHECK(run_attest(folder, {"jobs", "resume", "j"}).complains("expected --journal with this folder"));
        job["words"] = json::array();
        leave(job);
        CHECK(run_attest(folder, {"jobs", "resume", "j"}).complains("found none"));
    }
    CHECK_FALSE(fs::exists(folder / "pwned"));
}

TEST_CASE("A joined length is shown as it was checked, not as its record says") {
    const Folder folder;
    Words words = lengths;
    words[3] = "parity";
    REQUIRE(run_attest(folder, with(words, {"--on", "local"})).status == 1);
    const json before = run_attest(folder, with(words, {"--on", "join", "--json"})).object()["results"];
    REQUIRE(before[2]["verdict"] == "refuted");
    json record = json::parse(folder.read("j/units/2"));
    record["row"] = "     3  verified      0.00 s  \x1b[31mforged";
    json& entry = record["record"]["results"][0];
    entry["counterexample"] = "\x1b[31mforged";
    entry["expected"] = "forged";
    entry["evidence"] = "forged";
    entry["seconds"] = 1e9;
    folder.write("j/units/2", record.dump() + "\n");
    const Run joined = run_attest(folder, with(words, {"--on", "join"}));
    CHECK(joined.status == 1);
    CHECK_FALSE(joined.has("forged"));
    CHECK_FALSE(joined.has("\x1b"));
    json after = run_attest(folder, with(words, {"--on", "join", "--json"})).object()["results"];
    for (const char* key : {"verdict", "counterexample", "expected", "actual", "evidence", "certificate"})
        CHECK(after[2].value(key, json()) == before[2].value(key, json()));
    CHECK(after.dump().find("forged") == std::string::npos);
}

TEST_CASE("Pipes and links among records are no records") {
    const Folder folder;
    const Words words = with(lengths, {"--on", "local"});
    REQUIRE(run_attest(folder, words).status == 0);
    const std::string record = folder.read("j/units/2");
    Setting setting;
    setting.folder = folder.path();
    setting.timeout = 60;
    const auto joined = [&] { return run_attest(with(lengths, {"--on", "join"}), setting); };
    fs::remove(folder / "j/units/2");
    SECTION("a pipe") {
        REQUIRE(::mkfifo((folder / "j/units/2").c_str(), 0600) == 0);
        CHECK(joined().has("4 verified, 0 refuted, 1 undecided"));
    }
    SECTION("a link") {
        folder.write("elsewhere", record);
        fs::create_symlink(folder / "elsewhere", folder / "j/units/2");
        CHECK(joined().has("4 verified, 0 refuted, 1 undecided"));
    }
    SECTION("a link to what never ends") {
        fs::create_symlink("/dev/zero", folder / "j/units/2");
        CHECK(joined().has("4 verified, 0 refuted, 1 undecided"));
    }
    SECTION("a pipe in a certificate") {
        folder.write("j/units/2", record);
        fs::remove(folder / "j/certificates/length-3/manifest.json");
        REQUIRE(::mkfifo((folder / "j/certificates/length-3/manifest.json").c_str(), 0600) == 0);
        CHECK(joined().complains("expected a file of a certificate"));
    }
    SECTION("a pipe for the question, the answer and the scripts") {
        for (const char* name : {"j/answer.status", "j/part.sh", "j/join.sh"}) {
            fs::remove(folder / name);
            REQUIRE(::mkfifo((folder / name).c_str(), 0600) == 0);
        }
        CHECK(run_attest({"jobs", "show", "j"}, setting).status == 3);
        CHECK(run_attest(words, setting).has("5 verified"));
        fs::remove(folder / "j/question");
        REQUIRE(::mkfifo((folder / "j/question").c_str(), 0600) == 0);
        CHECK(joined().complains("expected a file"));
    }
}

TEST_CASE("Records of cubes that are none of this search are refused") {
    const Folder folder;
    REQUIRE(run_attest(folder, with(cubes, {"--on", "local"})).status == 0);
    const json three = json::parse(folder.read("j/units/3"));
    const auto refused = [&](const json& record, const std::string& name = "3") {
        folder.write("j/units/" + name, record.dump() + "\n");
        const Run run = run_attest(folder, with(cubes, {"--on", "join"}));
        CAPTURE(record.dump().substr(0, 200), name, run.out, run.err);
        CHECK(run.status == 2);
        CHECK(run.err.find("j/units/" + name) != std::string::npos);
        CHECK_FALSE(run.has("none at 4"));
    };
    const auto changed = [&](const char* key, json value) {
        json record = three;
        record[key] = std::move(value);
        return record;
    };
    const json cube = three["cube"];
    REQUIRE(cube.size() == 3);
    refused(changed("cube", json::array()));
    refused(changed("cube", json::array({cube[0]})));
    refused(changed("cube", json::array({cube[0], cube[1], cube[2], cube[0]})));
    refused(changed("cube", json::array({cube[2], cube[1], cube[0]})));
    refused(changed("cube", json::parse(folder.read("j/units/4"))["cube"]));
    refused(changed("number", 4));
    refused(changed("number", -1));
    refused(changed("cuts", json::parse("[[0]]")));
    refused(changed("cuts", json::parse("[[1000000000]]")));
    refused(json::parse(R"({"assignment": [0]})"));
    refused(json::parse(R"({"assignment": [1000000000]})"));
    refused(json());

    // Foreign numbers do not stand for one that is missing.
    fs::remove(folder / "j/units/3");
    const Run open = run_attest(folder, with(cubes, {"--on", "join"}));
    CHECK(open.status == 3);
    CHECK(open.has("7 of 8 cubes refuted"));
    refused(changed("number", 9), "9");
    fs::remove(folder / "j/units/9");

    // A proof that does not follow, and one without an end, are found out.
    for (const char* proof : {"", "999999 0 1 0\n", "999999 1 0 0\n"}) {
        folder.write("j/units/3", changed("proof", proof).dump() + "\n");
        const Run run = run_attest(folder, with(cubes, {"--on", "join"}));
        CAPTURE(proof, run.out, run.err);
        CHECK(run.complains("expected proofs of cubes that can be followed"));
    }
    folder.write("j/units/3", three.dump() + "\n");
    CHECK(run_attest(folder, with(cubes, {"--on", "join"})).has("none at 4"));

    // The same in a file.
    Words file = cubes;
    file.back() = "file";
    REQUIRE(run_attest(folder, file).status == 0);
    folder.write("file", folder.read("file") + changed("number", 9).dump() + "\n");
    CHECK(run_attest(folder, file).complains("expected one of the 8 cubes"));
}

TEST_CASE("A census in shares is the census") {
    const Folder folder;
    const Words census{"classify", "--census", "3", "--letters", "2", "--json"};
    json whole = run_attest(folder, census).object();
    json shared = run_attest(folder, with(census, {"--on", "local", "--parts", "3", "--journal", "j"})).object();
    for (json* one : {&whole, &shared}) one->erase("seconds");
    CHECK(shared == whole);
    fs::remove(folder / "j/units/1");
    const Run open = run_attest(folder, with(census, {"--on", "join", "--parts", "3", "--journal", "j"}));
    CHECK(open.status == 3);
    CHECK(open.object()["stopped"] == "interrupted");
}

TEST_CASE("A share of a census that a stranger wrote is counted again") {
    const Folder folder;
    const Words census{"classify", "--census", "3", "--letters", "2", "--json"};
    const Words joined = with(census, {"--on", "join", "--parts", "3", "--journal", "j"});
    const json whole = run_attest(folder, with(census, {"--on", "local", "--parts", "3", "--journal", "j"})).object();
    std::string text = folder.read("j/units/1");
    const std::size_t at = text.find("\"languages\":") + std::string("\"languages\":").size();
    REQUIRE(at < text.size());
    text[at] = text[at] == '9' ? '8' : '9';
    folder.write("j/units/1", text);
    for (const std::string& forged :
         {text, text.substr(text.find('{')), folder.read("j/units/2"), std::string("{}\n")}) {
        folder.write("j/units/1", forged);
        const Run run = run_attest(folder, joined);
        CHECK(run.err.find("j/units/1 bears no seal of yours") != std::string::npos);
        CHECK(run.object()["languages"] == whole["languages"]);
        CHECK(run.object()["vectors"] == whole["vectors"]);
        CHECK(run_attest(folder, joined).err.find("seal") == std::string::npos);
    }
}

TEST_CASE("Records under another key are a stranger's, and a key that others can read is refused") {
    const Folder folder;
    const Words census{"classify", "--census", "2", "--letters", "2", "--parts", "2", "--journal", "j"};
    REQUIRE(run_attest(folder, with(census, {"--on", "local"})).status == 0);
    Setting other;
    other.folder = folder.path();
    other.environment = {{"ATTEST_KEY", folder / "key"}};
    const Run run = run_attest(with(census, {"--on", "join"}), other);
    CHECK(run.status == 0);
    CHECK(run.err.find("j/units/0 bears no seal of yours") != std::string::npos);
    CHECK(run.err.find("j/units/1 bears no seal of yours") != std::string::npos);
    fs::permissions(folder / "key", fs::perms::group_read, fs::perm_options::add);
    CHECK(run_attest(with(census, {"--on", "join"}), other).complains("that only its owner"));
}

TEST_CASE("A claim of the ledger of whose outcome a stranger tells is proved again") {
    const Folder folder;
    const Words claims{"ledger", "run", "measure-maj-*", "-o", "out", "--journal", "j", "--on"};
    const Run ran = run_attest(folder, with(claims, {"local"}));
    REQUIRE(ran.status == 0);
    const std::string honest = folder.read("j/units/0");
    std::string text = honest;
    const std::size_t at = text.find("\"same\"");
    REQUIRE(at != std::string::npos);
    text.replace(at, 6, "\"sharper\"");
    folder.write("j/units/0", text);
    CHECK(run_attest(folder, with(claims, {"join"})).has("2 of 2 claims: 2 same, 0 slower"));
    CHECK(folder.read("j/units/0") != text);
    CHECK(folder.read("j/units/0").find("\"same\"") != std::string::npos);
}

TEST_CASE("Claims of the ledger in parts are those of one run") {
    const Folder folder;
    const Words claims{"ledger", "run", "measure-maj-*", "-o", "out", "--journal", "j", "--on", "local"};
    const Run ran = run_attest(folder, claims);
    INFO(ran.err);
    CHECK(ran.status == 0);
    CHECK(fs::exists(folder / "out/results.jsonl"));
    CHECK(ran.has("same"));
    const auto count = static_cast<std::size_t>(std::count(ran.out.begin(), ran.out.end(), '\n'));
    CHECK(recorded(folder) == count - 2);
}

TEST_CASE("What cannot be in parts is refused in a line") {
    const Folder folder;
    folder.write("file", "x");
    fs::create_directories(folder / "full");
    folder.write("full/x", "x");
    const std::vector<std::pair<Words, std::string>> slips = {
        {{"threshold", "parity", "--cubes", "4", "--from", "4", "--to", "4", "--on", "local"},
         "expected --journal DIR"},
        {with(cubes, {"--on", "part:0/2"}), "part:K/P with K from 1 to P"},
        {with(cubes, {"--on", "part:3/2"}), "part:K/P with K from 1 to P"},
        {with(cubes, {"--on", "part:1"}), "part:K/P with K from 1 to P"},
        {with(cubes, {"--on", "cloud"}), "found 'cloud'"},
        {with(cubes, {"--on", "part:1/2", "--json"}), "expected without --on part:K/P"},
        {with(cubes, {"--on", "local", "--partition", "x"}), "expected --on slurm"},
        {with(cubes, {"--parts", "3"}), "--on"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--journal", "j"}, "expected several lengths"},
        {{"prove", "zoo:first", "--language", "first", "--length", "all", "--journal", "j"}, "expected with several"},
        {{"threshold", "parity", "--softmax", "--on", "local"}, "--on"},
        {{"classify", "parity", "--journal", "j"}, "--census"},
        {{"ledger", "list", "--journal", "j"}, "expected --journal and --on with run"},
        {{"jobs", "shwo"}, "perhaps 'show'"},
        {{"jobs", "show"}, "expected the folder of a job"},
        {{"jobs", "show", "full"}, "expected the folder of a job"}};
    for (const auto& [words, says] : slips) {
        const Run slip = run_attest(folder, words);
        CAPTURE(words, slip.out, slip.err);
        CHECK(slip.status == 2);
        CHECK(slip.complains(says));
    }
    Words other = cubes;
    other.back() = "file";
    CHECK(run_attest(folder, with(other, {"--on", "local"})).complains("expected a folder that all parts see"));
    other.back() = "full";
    CHECK(run_attest(folder, with(other, {"--on", "local"})).complains("expected a folder of its own"));
}
