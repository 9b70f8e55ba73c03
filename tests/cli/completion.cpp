#include <algorithm>
#include <catch2/catch.hpp>

#include "run.hpp"

// What bash offers at each place of a line; the scripts of the other shells as far as these are here.

using namespace attest::tests;

namespace {

class Bash {
  public:
    Bash() { folder_.write("attest.bash", run_attest({"completion", "bash"}).out); }

    /// The offers at the end of this line, as bash would call the script: words end at COMP_WORDBREAKS.
    std::vector<std::string> operator()(const std::string& line) const {
        Setting setting;
        setting.folder = folder_.path();
        setting.environment["LINE"] = line;
        const Run result = run(
            "/bin/bash",
            {"-c",
             R"(source attest.bash; COMP_LINE=$LINE; COMP_POINT=${#LINE}; _attest; printf '%s\n' "${COMPREPLY[@]}")"},
            setting);
        INFO(result.err);
        CHECK((result.status == 0 && result.err.empty()));
        return result.lines();
    }
    bool offers(const std::string& line, const std::string& word) const {
        const auto words = (*this)(line);
        CAPTURE(line, word, words);
        return std::find(words.begin(), words.end(), word) != words.end();
    }
    const Folder& folder() const { return folder_; }

  private:
    Folder folder_;
};

}  // namespace

TEST_CASE("bash completes commands, options and what they take", "[cli]") {
    const Bash bash;
    CHECK(bash("attest pro") == std::vector<std::string>{"prove", "progress"});
    CHECK(bash("attest prov") == std::vector<std::string>{"prove"});
    CHECK(bash.offers("attest ", "threshold"));
    CHECK(bash("attest prove --cert") == std::vector<std::string>{"--certificate"});
    CHECK_FALSE(bash.offers("attest zoo --s", "--seed"));
    CHECK(bash("attest eval zoo:pali") == std::vector<std::string>{"palindrome"});
    CHECK(bash("attest prove zoo:first --language pali") == std::vector<std::string>{"palindrome"});
    CHECK(bash("attest prove --language=pali") == std::vector<std::string>{"palindrome"});
    CHECK(bash.offers("attest prove zoo:first --language ", "parity"));
    CHECK(bash.offers("attest threshold ", "parity"));
    CHECK(bash("attest threshold mod:") == std::vector<std::string>{"3,2"});
    // Where a colon is typed, the part behind it is what bash inserts.
    CHECK(bash("attest measure --language regex") == std::vector<std::string>{"regex:0(1|01)*"});
    CHECK(bash("attest measure --language regex:") == std::vector<std::string>{"0(1|01)*"});
    CHECK(bash("attest prove zoo:first --solver c") == std::vector<std::string>{"cadical", "cryptominisat"});
    CHECK(bash("attest compile zoo:first --form co") == std::vector<std::string>{"constant-depth", "compact"});
}

TEST_CASE("bash completes actions, constructions, claims, sources and commands, each in its place", "[cli]") {
    const Bash bash;
    CHECK(bash("attest zoo ") == std::vector<std::string>{"list", "show", "export", "attest.bash"});
    CHECK(bash("attest zoo show pali") == std::vector<std::string>{"palindrome"});
    CHECK(bash("attest zoo --eps 0 show pali") == std::vector<std::string>{"palindrome"});
    CHECK_FALSE(bash.offers("attest zoo show ", "list"));
    CHECK(bash("attest ledger s") == std::vector<std::string>{"show"});
    CHECK(bash.offers("attest ledger show cc-", "cc-parity-margin"));
    CHECK(bash.offers("attest ledger run --only ", "cc-parity-margin"));
    CHECK(bash("attest cite hahn2020") == std::vector<std::string>{"hahn2020theoretical"});
    CHECK(bash("attest cite attest hahn2020") == std::vector<std::string>{"hahn2020theoretical"});
    CHECK(bash("attest manual prov") == std::vector<std::string>{"prove"});
    CHECK(bash("attest manual mod") == std::vector<std::string>{"model-format"});
    CHECK(bash("attest completion ba") == std::vector<std::string>{"bash"});
}

TEST_CASE("bash completes files where there is nothing better", "[cli]") {
    const Bash bash;
    bash.folder().write("my model.json", "{}");
    CHECK(bash("attest eval my") == std::vector<std::string>{"my model.json"});
    CHECK(bash("attest eval zoo:first --words my") == std::vector<std::string>{"my model.json"});
    CHECK(bash("attest check my") == std::vector<std::string>{"my model.json"});
}

TEST_CASE("the scripts for zsh and fish are what these shells accept, where they are installed", "[cli]") {
    const Folder folder;
    for (const std::string shell : {"zsh", "fish"}) {
        folder.write("script", run_attest({"completion", shell}).out);
        const Run parsed = run("/bin/sh", {"-c", "command -v " + shell + " >/dev/null || exit 77; " + shell + " -n '" +
                                                     folder / "script" + "'"});
        CAPTURE(shell, parsed.err);
        CHECK((parsed.status == 0 || parsed.status == 77));
    }
}
