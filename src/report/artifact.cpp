#include "report/artifact.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/text.hpp"
#include "base/version.hpp"

namespace attest::report {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{4} << 30;

// A room of the checker is compiled as one file, as in the build of attest: each has names of its own.
constexpr const char* makefile =
    R"(# make check: builds the checker, and checks the certificates. Nothing of it is attest's own prover.
# Debian: apt-get install g++ make libgmp-dev libmpfr-dev nlohmann-json3-dev
CXXFLAGS ?= -O2
ROOMS = $(sort $(dir $(wildcard checker/*.cpp checker/*/*.cpp)))
UNITS = $(foreach room,$(ROOMS),build/$(subst /,_,$(room)).o)
ALONE = checker/main.cpp checker/proof_check.cpp

all: attest-check attest-proof-check

check: attest-check
	./attest-check $(sort $(wildcard certificates/*))

define unit
build/$(subst /,_,$(1)).cpp: $(filter-out $(ALONE),$(wildcard $(1)*.cpp))
	@mkdir -p build
	for f in $$^; do echo "#include \"$$$$f\""; done > $$@
endef
$(foreach room,$(ROOMS),$(eval $(call unit,$(room))))

build/%.o: build/%.cpp
	$(CXX) -std=c++20 $(CXXFLAGS) -ffp-contract=off -I. -c $< -o $@
attest-check: $(UNITS) checker/main.cpp
	$(CXX) -std=c++20 $(CXXFLAGS) -I. '-DATTEST_VERSION="@VERSION@"' checker/main.cpp $(UNITS) -lmpfr -lgmpxx -lgmp -o $@
attest-proof-check: build/checker_kernel_.o build/checker_planes_.o checker/proof_check.cpp
	$(CXX) -std=c++20 $(CXXFLAGS) -I. '-DATTEST_VERSION="@VERSION@"' checker/proof_check.cpp build/checker_kernel_.o build/checker_planes_.o -lgmpxx -lgmp -o $@
clean:
	rm -rf build attest-check attest-proof-check
.PHONY: all check clean
)";

/// Regular files below a folder, as the archive has them.
void add_folder(const fs::path& from, const std::string& to, std::vector<base::TarFile>& files,
                const std::set<std::string>& endings = {}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
        const std::string path = entry.path().string();
        if (entry.is_symlink()) throw base::InputError(path, "a file of its own", "a symbolic link");
        if (!entry.is_regular_file()) continue;
        if (!endings.empty() && !endings.contains(entry.path().extension().string())) continue;
        files.push_back(
            {to + "/" + fs::relative(entry.path(), from).generic_string(), base::read_file(path, largest_file)});
    }
}

/// The last folder's name of each certificate; with a number where several have the same.
std::vector<std::string> names_of(const std::vector<Certificate>& certificates) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const Certificate& certificate : certificates) {
        std::string name = fs::path(place_of(certificate.path)).filename().string();
        for (int k = 2; !taken.insert(name).second; ++k)
            name = fmt::format("{}-{}", fs::path(place_of(certificate.path)).filename().string(), k);
        names.push_back(name);
    }
    return names;
}

std::string readme(const std::vector<Certificate>& certificates, const std::vector<std::string>& names) {
    std::string text = fmt::format(
        "# Certificates\n\nMade by attest {}. Each folder below `certificates/` is a claim about what transformers "
        "compute, with the "
        "evidence that it rests on.\n`FORMAT.md` says what a certificate is and which obligations it must meet; "
        "`checker/` is a program "
        "that checks them, and nothing\nelse: an evening's reading, which begins with `checker/README.md`.\n\n"
        "## Checking\n\n```\napt-get install g++ make libgmp-dev libmpfr-dev nlohmann-json3-dev     # Debian 12\nmake "
        "-j2 check\n```\n\n"
        "Each line must begin with VERIFIED; the exit status is then 0. One certificate: `./attest-check "
        "certificates/NAME`.\n\n## Claims\n",
        base::version());
    for (std::size_t k = 0; k < certificates.size(); ++k) {
        const Certificate& certificate = certificates[k];
        text += fmt::format("\n- `certificates/{}`: {}\n  - evidence: {}\n  - manifest: SHA-256 `{}`\n",
                            base::printable(names[k]), base::printable(certificate.claim, 4000),
                            base::printable(certificate.evidence, 4000), certificate.digest);
        for (const std::string& assumption : certificate.assumptions)
            text += fmt::format("  - assuming: {}\n", base::printable(assumption, 4000));
    }
    return text;
}

std::string with_version(std::string text) {
    const std::string mark = "@VERSION@";
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;)
        text.replace(at, mark.size(), base::version());
    return text;
}

}  // namespace

std::vector<base::TarFile> artifact_of(const Sources& sources, const std::string& folder, const ArtifactTexts& texts) {
    const std::vector<std::string> names = names_of(sources.certificates);
    std::vector<base::TarFile> files = {{folder + "/README.md", readme(sources.certificates, names)},
                                        {folder + "/Makefile", with_version(makefile)},
                                        {folder + "/FORMAT.md", texts.certificate_format},
                                        {folder + "/MODEL.md", texts.model_format}};
    for (std::size_t k = 0; k < names.size(); ++k)
        add_folder(sources.certificates[k].path, folder + "/certificates/" + names[k], files);
    add_folder(texts.checker, folder + "/checker", files, {".cpp", ".hpp", ".md"});
    return files;
}

}  // namespace attest::report
