#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "forgery.hpp"

namespace forgeries {
namespace {

namespace fs = std::filesystem;

Edit write(const std::string& name, const std::string& bytes) {
    return on_disk([=](const std::string& directory) { std::ofstream(directory + "/" + name) << bytes; });
}

Edit in_place_of(const std::string& name, const std::function<void(const std::string& path)>& make) {
    return on_disk([=](const std::string& directory) {
        fs::rename(directory + "/" + name, directory + ".kept");
        make(directory + "/" + name);
        fs::remove(directory + ".kept");
    });
}

Edit named(const std::string& companion) {
    return in("model.json", "\"dimension\"", "\"tensors\": \"" + companion + "\", \"dimension\"");
}

constexpr const char* listed = "Every file of the directory but `manifest.json` is listed in the manifest";
constexpr const char* there = "every listed file is there";
constexpr const char* plain = "Names are plain (no `/`, not `.` or `..`";
constexpr const char* else_refused = "anything else is refused";

std::vector<Forgery> by_table() {
    return {
        {"a claim about one model", "exhaustion", without("model.json"), "digest", "model.json: the file is missing"},
        {"a claim about one model", "network", add_file("model.json", "{}"), "digest",
         "model.json: a certificate of this kind"},
        {"`model.json` names one in `tensors`", "tensors", without("t.safetensors"), "digest",
         "t.safetensors: the file is missing"},
        {"`model.json` names one in `tensors`", "exhaustion", add_file("t.safetensors", ""), "digest",
         "t.safetensors: a certificate"},
        {"under the name that the model gives it", "tensors", renamed("t.safetensors", "u.safetensors"), "digest",
         "t.safetensors: the file is missing"},
        {"the language is `dfa:language.json`", "automaton", without("language.json"), "digest",
         "language.json: the file is missing"},
        {"the language is `dfa:language.json`", "exhaustion", add_file("language.json", "{}"), "digest",
         "language.json: a certificate of this kind"},
        {"evidence `refutation` about one model", "suffix", without("circuit.json"), "digest",
         "circuit.json: the file is missing"},
        {"evidence `refutation` about one model", "exhaustion", add_file("circuit.json", "{}"), "digest",
         "circuit.json: a certificate of this kind"},
        {"evidence `refutation` about one model", "refuted class", add_file("circuit.json", "{}"), "digest",
         "circuit.json: a certificate of this kind"},
        {"the formula of section 7 (claim `threshold`: section 9)", "suffix", without("formula.cnf"), "digest",
         "formula.cnf: the file is missing"},
        {"the formula of section 7 (claim `threshold`: section 9)", "refuted class", without("formula.cnf"), "digest",
         "formula.cnf: the file is missing"},
        {"| evidence `network` |", "network", without("witness.json"), "digest", "witness.json: the file is missing"},
        {"| evidence `network` |", "restriction bound", add_file("witness.json", "{}"), "digest",
         "witness.json: a certificate of this kind"},
        {"evidence `network`, key dimension 1", "network with keys", without("keys.json"), "digest",
         "keys.json: the file is missing"},
        {"evidence `network`, key dimension 1", "network", add_file("keys.json", "{}"), "digest",
         "keys.json: a certificate of this kind"},
        {"evidence `bound` by `alternating-sum`", "alternating sum", without("weights.json"), "digest",
         "weights.json: the file is missing"},
        {"evidence `bound` by `alternating-sum`", "restriction bound", add_file("weights.json", "[]"), "digest",
         "weights.json: a certificate of this kind"},
        {"| `proof.lrat` or `proof.xlrup` |", "suffix", without("proof.lrat"), "digest",
         "proof.lrat: the file is missing"},
        {"| `proof.lrat` or `proof.xlrup` |", "suffix", renamed("proof.lrat", "proof.xlrup"), "digest",
         "proof.lrat: the file is missing"},
        {"| `proof.lrat` or `proof.xlrup` |", "xlrup", add_file("proof.lrat", ""), "digest",
         "proof.lrat: a certificate of this kind"},
        {"| `proof.lrat` or `proof.xlrup` |", "refuted class", without("proof.lrat"), "digest",
         "proof.lrat: the file is missing"},
    };
}

std::vector<Forgery> by_directory() {
    return {
        {listed, "exhaustion", write("extra.txt", ""), "digest", "extra.txt: the manifest does not list"},
        {listed, "exhaustion", write(".hidden", "1"), "digest", ".hidden: the manifest does not list"},
        {listed, "exhaustion", write("manifest.json~", "{}"), "digest", "manifest.json~: the manifest does not list"},
        {listed, "exhaustion", write("model.json ", "{}"), "digest", "model.json : the manifest does not list"},
        {listed, "exhaustion", on_disk([](const std::string& d) { fs::create_directory(d + "/sub"); }), "digest",
         "sub: the manifest does not list"},
        {listed, "exhaustion",
         on_disk([](const std::string& d) { fs::create_symlink("model.json", d + "/same.json"); }), "digest",
         "same.json: the manifest does not list"},
        {there, "exhaustion", on_disk([](const std::string& d) { fs::remove(d + "/model.json"); }), "digest",
         "model.json: the file is missing"},
        {there, "exhaustion",
         in("manifest", "}],\n \"digest\"",
            R"(}, {"name": "proof.lrat", "bytes": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}],
 "digest")"),
         "digest", "proof.lrat: the file is missing"},
        {else_refused, "exhaustion",
         in_place_of("model.json", [](const std::string& p) { fs::create_symlink("/dev/null", p); }), "digest",
         "model.json: not a regular file"},
        {else_refused, "exhaustion", in_place_of("model.json", [](const std::string& p) { fs::create_directory(p); }),
         "digest", "model.json: not a regular file"},
        {else_refused, "exhaustion", in_place_of("model.json", [](const std::string& p) { mkfifo(p.c_str(), 0600); }),
         "digest", "model.json: not a regular file"},
        {else_refused, "exhaustion",
         in_place_of("manifest.json", [](const std::string& p) { fs::create_directory(p); }), "digest",
         "manifest.json: not a regular file"},
        {else_refused, "exhaustion",
         in_place_of("manifest.json", [](const std::string& p) { fs::create_symlink("model.json", p); }), "digest",
         "manifest.json: not a regular file"},
        {"byte for byte as it was read", "exhaustion", write("model.json", "{}"), "digest", "model.json: the file has"},
        {"Every file of the directory but `manifest.json`", "exhaustion",
         in("manifest", "}],\n \"digest\"",
            R"(}, {"name": "manifest.json", "bytes": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}],
 "digest")"),
         "digest", "the manifest lists itself"},
    };
}

std::vector<Forgery> by_names() {
    const auto file = [](const char* name) {
        return in("manifest", "\"name\": \"model.json\"", "\"name\": \"" + std::string(name) + "\"");
    };
    return {
        {plain, "exhaustion", file("../model.json"), "question",
         "files[0].name: \"../model.json\" is not a plain name"},
        {plain, "exhaustion", file("/model.json"), "question", "is not a plain name"},
        {plain, "exhaustion", file("sub/model.json"), "question", "is not a plain name"},
        {plain, "exhaustion", file("."), "question", "is not a plain name"},
        {plain, "exhaustion", file(".."), "question", "is not a plain name"},
        {plain, "exhaustion", named("sub/t.bin"), "digest", "model.json: tensors: not a plain name"},
        {plain, "exhaustion", named(".."), "digest", "model.json: tensors: not a plain name"},
        {plain, "collection", in("claim", "\"directory\": \"a\"", "\"directory\": \"../a\""), "question",
         "is not a plain name"},
        {"not empty, at most 255 bytes", "exhaustion", named(""), "digest", "model.json: tensors: not a plain name"},
        {"not empty, at most 255 bytes", "exhaustion", named(std::string(256, 't')), "digest",
         "model.json: tensors: not a plain name"},
        {"No name stands for two files", "exhaustion", named("model.json"), "digest",
         "model.json: one name stands for two files"},
        {"No name stands for two files", "exhaustion", named("manifest.json"), "digest",
         "manifest.json: one name stands for two files"},
        {"No name stands for two files", "suffix", named("formula.cnf"), "digest",
         "formula.cnf: one name stands for two files"},
        {"No name stands for two files", "automaton", named("language.json"), "digest",
         "language.json: one name stands for two files"},
        {"and is listed once", "exhaustion",
         [](Certificate& c) {
             c.in_manifest.emplace_back([](std::string& text) {
                 const std::size_t at = text.find("{\"name\""), end = text.find("],\n \"digest\"");
                 text.insert(end, ", " + text.substr(at, end - at));
             });
         },
         "question", "files[1]: the file is listed twice"},
    };
}

}  // namespace

Section files() {
    Section section{"1", by_table()};
    for (const auto& more : {by_directory(), by_names()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
