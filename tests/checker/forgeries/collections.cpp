#include <filesystem>
#include <fstream>

#include "forgery.hpp"

namespace forgeries {
namespace {

namespace fs = std::filesystem;

constexpr const char* is_certificate =
    "each d is a sub-directory that is itself a certificate whose manifest has the digest h";
constexpr const char* no_files =
    "A collection has no files of its own (`files` is empty) and no sub-directory that is not listed";

}  // namespace

Section collections() {
    return {
        "1.1, collections",
        {{is_certificate, "collection", on_disk([](const std::string& d) { fs::remove_all(d + "/b"); }), "digest",
          "claim.parts: a directory is missing"},
         {is_certificate, "collection", on_disk([](const std::string& d) {
              fs::remove_all(d + "/b");
              std::ofstream(d + "/b") << "{}";
          }),
          "digest", "b: not a directory"},
         {is_certificate, "collection", on_disk([](const std::string& d) {
              fs::remove_all(d + "/b");
              fs::create_directory_symlink("a", d + "/b");
          }),
          "digest", "b: not a directory"},
         {is_certificate, "collection", in("claim", "@b", std::string(64, 'a')), "digest",
          "b: the part has another digest"},
         {is_certificate, "collection", in("claim", "@b", "@a"), "digest", "b: the part has another digest"},
         {is_certificate, "collection", on_disk([](const std::string& d) {
              fs::rename(d + "/a", d + "/c"), fs::rename(d + "/b", d + "/a"), fs::rename(d + "/c", d + "/b");
          }),
          "digest", "a: the part has another digest"},
         {is_certificate, "collection", in_part("b", in("evidence", "8", "7")), "exhaustion",
          "b/manifest.json: evidence.words"},
         {is_certificate, "collection", in_part("a", in("claim", "parity", "last")), "witness",
          "a/manifest.json: evidence.expected"},
         {is_certificate, "collection", in_part("a", add_file("x", "")), "digest", "a/x: a certificate of this kind"},
         {is_certificate, "collection",
          in_part("a", [](Certificate& c) { c.in_manifest.emplace_back([](std::string& text) { text = "{}"; }); }),
          "question", "a/manifest.json"},
         {no_files, "collection",
          in("manifest", "\"files\": []",
             R"("files": [{"name": "x", "bytes": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}])"),
          "question", "files: a collection has no files"},
         {no_files, "collection", on_disk([](const std::string& d) { std::ofstream(d + "/notes.txt") << ""; }),
          "digest", "notes.txt: the collection does not list"},
         {no_files, "collection", on_disk([](const std::string& d) { fs::create_directory(d + "/c"); }), "digest",
          "c: the collection does not list"},
         {no_files, "collection", in("claim", R"(, {"directory": "b", "digest": "@b"})", ""), "digest",
          "b: the collection does not list"},
         {"no directory twice", "collection", in("claim", R"("b", "digest": "@b")", R"("a", "digest": "@a")"),
          "question", "parts[1]: the directory occurs twice"},
         {"It has at least one part", "collection",
          in("claim", R"([{"directory": "a", "digest": "@a"}, {"directory": "b", "digest": "@b"}])", "[]"), "question",
          "parts: a collection of nothing"},
         {"collections are nested at most 8 deep", "nested collection",
          [](Certificate& c) {
              Certificate outer = c;
              outer.parts["a"] = c;
              c = outer;
          },
          "digest", "nested too deeply"},
         {"absent for the claim kind `collection`", "collection",
          put("evidence", R"({"kind": "exhaustion", "words": 1})"), "question",
          "evidence: a collection has no evidence"},
         {"absent for the claim kind `collection`", "collection", put("evidence", "null"), "question",
          "evidence: a collection has no evidence"},
         {"`{\"kind\", \"parts\": [{\"directory\": d, \"digest\": h}, …]}`", "collection",
          in("claim", "\"parts\"", "\"model\": \"x\", \"parts\""), "question", "unknown key \"model\""},
         {"`{\"kind\", \"parts\": [{\"directory\": d, \"digest\": h}, …]}`", "collection",
          in("claim", "\"digest\": \"@b\"", "\"digest\": \"@b\", \"kind\": \"witness\""), "question",
          "unknown key \"kind\""},
         {"`{\"kind\", \"parts\": [{\"directory\": d, \"digest\": h}, …]}`", "collection",
          in("claim", "\"@b\"", "\"b\""), "question", "digest: 64 lower-case"},
         {"`{\"kind\", \"parts\": [{\"directory\": d, \"digest\": h}, …]}`", "collection",
          in("claim", "\"parts\"", "\"Parts\""), "question", "unknown key \"Parts\""}}};
}

}  // namespace forgeries
